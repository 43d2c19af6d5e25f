//! A chart as a PNG: the SVG with its computed styles written into it, drawn on a canvas at twice the size, below what it is and above
//! its legend where that stands outside of the SVG (`data-legend`).

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, CssStyleDeclaration, Element, HtmlCanvasElement, HtmlImageElement,
    Node, Url, XmlSerializer,
};

use crate::ui::model::table::breaks;

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

/// Around the picture, and between it and the words, px.
const ROOM: f64 = 16.0;
/// Least width for the words, px.
const LEAST: f64 = 320.0;

/// Words or a mark of a legend, and where they go.
struct Placed {
    x: f64,
    y: f64,
    font: String,
    piece: Piece,
}

enum Piece {
    Words(String),
    Mark { colour: String, width: f64, height: f64 },
}

/// Sets words and marks in lines.
struct Setter<'a> {
    pen: &'a CanvasRenderingContext2d,
    family: String,
    width: f64,
    y: f64,
    placed: Vec<Placed>,
}

impl Setter<'_> {
    /// Goes on below the pieces.
    fn set(&mut self, weight: &str, size: f64, pieces: Vec<Piece>) -> Option<()> {
        let font = format!("{weight} {size}px {}", self.family);
        self.pen.set_font(&font);
        let line = size * 1.45;
        let (mut x, mut any) = (0.0, false);
        let mut put = |width: f64, piece: Piece, setter: &mut Self| {
            if x > 0.0 && x + width > setter.width {
                x = 0.0;
                setter.y += line;
            }
            let at = Placed { x: ROOM + x, y: setter.y + size, font: font.clone(), piece };
            setter.placed.push(at);
            x += width;
            any = true;
        };
        for piece in pieces {
            match piece {
                Piece::Words(words) => {
                    for part in breaks(&words) {
                        let width = self.pen.measure_text(part).ok()?.width();
                        put(width, Piece::Words(part.to_owned()), self);
                    }
                }
                // Away from the words before it, too.
                Piece::Mark { width, .. } => {
                    put(size, Piece::Words(String::new()), self);
                    put(width + size * 0.6, piece, self);
                }
            }
        }
        if any {
            self.y += line;
        }
        Some(())
    }
}

/// What a legend says, text and marks in their order.
fn legend(node: &Node, out: &mut Vec<Piece>) -> Option<()> {
    let children = node.child_nodes();
    for i in 0..children.length() {
        let child = children.get(i)?;
        let words = child.text_content().unwrap_or_default();
        match child.dyn_into::<Element>() {
            Ok(mark) if words.is_empty() => {
                let colour = computed(&mark)?.get_property_value("background-color").ok()?;
                let rect = mark.get_bounding_client_rect();
                out.push(Piece::Mark { colour, width: rect.width(), height: rect.height() });
            }
            Ok(element) => legend(&element, out)?,
            Err(text) if text.node_type() == Node::TEXT_NODE && !words.is_empty() => out.push(Piece::Words(words)),
            Err(_) => {}
        }
    }
    Some(())
}

/// The first SVG inside `chart`, over its canvas if it has one, as PNG bytes, with what it is above. `None` when the browser refuses a
/// step.
pub async fn png(chart: &Element, title: String, facts: String) -> Option<Vec<u8>> {
    let svg = chart.query_selector("svg.plot-svg").ok()??;
    let rect = svg.get_bounding_client_rect();
    let (width, height) = (rect.width(), rect.height());
    let text = standalone(&svg)?;
    let canvas: HtmlCanvasElement = document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let style = computed(chart)?;
    let (family, ink) = (style.get_property_value("font-family").ok()?, style.get_property_value("color").ok()?);
    let mut setter = Setter { pen: &pen, family, width: width.max(LEAST), y: ROOM, placed: Vec::new() };
    setter.set("600", 17.0, vec![Piece::Words(title)])?;
    setter.set("400", 13.0, vec![Piece::Words(facts)])?;
    let top = setter.y + ROOM / 2.0;
    setter.y = top + height + ROOM / 2.0;
    let legends = chart.query_selector_all("[data-legend]").ok()?;
    for i in 0..legends.length() {
        let mut pieces = Vec::new();
        legend(&legends.get(i)?, &mut pieces)?;
        setter.set("400", 13.0, pieces)?;
    }
    let (whole_width, whole_height, placed) = (setter.width + 2.0 * ROOM, setter.y + ROOM, setter.placed);
    // This clears the canvas and what was set of its pen.
    canvas.set_width((whole_width * SHARPNESS).ceil() as u32);
    canvas.set_height((whole_height * SHARPNESS).ceil() as u32);
    pen.scale(SHARPNESS, SHARPNESS).ok()?;
    pen.set_fill_style_str(&background(chart)?);
    pen.fill_rect(0.0, 0.0, whole_width, whole_height);
    for Placed { x, y, font, piece } in placed {
        match piece {
            Piece::Words(words) => {
                pen.set_font(&font);
                pen.set_fill_style_str(&ink);
                pen.fill_text(&words, x, y).ok()?;
            }
            Piece::Mark { colour, width, height } => {
                pen.set_fill_style_str(&colour);
                pen.fill_rect(x, y - height + 1.0, width, height);
            }
        }
    }
    pen.translate(ROOM, top).ok()?;
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
