//! A chart as a PNG: the SVG with its computed styles written into it, drawn on a canvas at twice the size.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, CssStyleDeclaration, Element, HtmlCanvasElement, HtmlImageElement,
    Url, XmlSerializer,
};

/// What the stylesheet decides and a lone SVG would lose.
const STYLES: [&str; 15] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-opacity",
    "stroke-linejoin",
    "paint-order",
    "opacity",
    "visibility",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
    "dominant-baseline",
];

/// Pixels of the picture per CSS pixel.
const SHARPNESS: f64 = 2.0;

/// The first SVG inside `chart`, over its canvas if it has one, as PNG bytes. `None` when the browser refuses a step.
pub async fn png(chart: &Element) -> Option<Vec<u8>> {
    let svg = chart.query_selector("svg.plot-svg").ok()??;
    let rect = svg.get_bounding_client_rect();
    let (width, height) = (rect.width(), rect.height());
    let text = standalone(&svg)?;
    let canvas: HtmlCanvasElement = document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width((width * SHARPNESS).ceil() as u32);
    canvas.set_height((height * SHARPNESS).ceil() as u32);
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.scale(SHARPNESS, SHARPNESS).ok()?;
    pen.set_fill_style_str(&background(chart)?);
    pen.fill_rect(0.0, 0.0, width, height);
    if let Some(under) = chart.query_selector("canvas").ok()? {
        let under: HtmlCanvasElement = under.dyn_into().ok()?;
        pen.draw_image_with_html_canvas_element_and_dw_and_dh(&under, 0.0, 0.0, width, height).ok()?;
    }
    let url = svg_url(&text)?;
    let drawn = draw(&pen, &url, width, height).await;
    // The address of a blob of our own cannot be malformed.
    let _ = Url::revoke_object_url(&url);
    drawn?;
    bytes_of(&canvas).await
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

fn computed(element: &Element) -> Option<CssStyleDeclaration> {
    web_sys::window()?.get_computed_style(element).ok()?
}

/// The colour behind the chart: of the nearest ancestor that has one.
fn background(chart: &Element) -> Option<String> {
    let mut at = Some(chart.clone());
    while let Some(element) = at {
        let colour = computed(&element)?.get_property_value("background-color").ok()?;
        if colour != "rgba(0, 0, 0, 0)" && colour != "transparent" {
            return Some(colour);
        }
        at = element.parent_element();
    }
    Some("white".to_owned())
}

fn standalone(svg: &Element) -> Option<String> {
    let copy: Element = svg.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    copy_styles(svg, &copy)?;
    let (shown, copied) = (svg.query_selector_all("*").ok()?, copy.query_selector_all("*").ok()?);
    for i in 0..shown.length() {
        let from: Element = shown.get(i)?.dyn_into().ok()?;
        let to: Element = copied.get(i)?.dyn_into().ok()?;
        copy_styles(&from, &to)?;
    }
    copy.set_attribute("xmlns", "http://www.w3.org/2000/svg").ok()?;
    XmlSerializer::new().ok()?.serialize_to_string(&copy).ok()
}

fn copy_styles(from: &Element, to: &Element) -> Option<()> {
    let style = computed(from)?;
    for name in STYLES {
        let value = style.get_property_value(name).ok()?;
        if !value.is_empty() {
            to.set_attribute(name, &value).ok()?;
        }
    }
    Some(())
}

fn svg_url(text: &str) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

async fn draw(pen: &CanvasRenderingContext2d, url: &str, width: f64, height: f64) -> Option<()> {
    let image = HtmlImageElement::new().ok()?;
    image.set_src(url);
    JsFuture::from(image.decode()).await.ok()?;
    pen.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height).ok()
}

async fn bytes_of(canvas: &HtmlCanvasElement) -> Option<Vec<u8>> {
    let promise = Promise::new(&mut |resolve, reject| {
        if canvas.to_blob(&resolve).is_err() {
            // A rejection nobody hears is the caller's `None`.
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    let blob: Blob = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
