// What people do by hand beyond the plain way: the first order of a book, own orders beside the demo, an answer mended,
// a file dropped, an address that leads nowhere.

import { assert, browser, host, journey, mounted, open } from "./harness.mjs";
import { LANGUAGES, fillDemo, settled, visit } from "./person.mjs";
import { texts } from "./texts.mjs";

for (const { language, locale } of LANGUAGES) {
  const t = texts(language);

  journey(`${language}: the first order by hand, its currency, its new products, and one undo for all of it`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    const dialog = page.getByRole("dialog");
    await page.getByRole("link", { name: new RegExp(t.today.by_hand) }).click();
    await dialog.getByLabel(t.customers.name, { exact: true }).fill("Ada 李");
    await dialog.getByRole("button", { name: t.common.save }).click();
    await page.getByRole("heading", { name: "Ada 李" }).waitFor();
    assert.ok((await page.title()).includes("Ada 李"), await page.title());

    await page.getByRole("button", { name: t.customer.add_order }).click();
    const currency = dialog.getByLabel(t.settings.currency, { exact: true });
    assert.equal(await currency.inputValue(), language === "zh" ? "CNY" : "GBP", "as the browser's region has it");
    await currency.fill("EUR");
    await dialog.getByLabel(t.customer.line_product).fill("Oolong 乌龙");
    await dialog.getByLabel(t.customer.line_price).fill("12.50");
    await dialog.getByRole("button", { name: t.common.save }).click();
    await page.locator(".event.order", { hasText: "Oolong 乌龙" }).waitFor();
    assert.match(await page.locator(".event.order .event-money").innerText(), /€\s?12[.,]50|12[.,]50\s?€/);

    await page.getByRole("button", { name: t.customer.add_order }).click();
    assert.equal(await currency.count(), 0, "asked once");
    await page.keyboard.press("Escape");
    await visit(page, "data/products");
    await page.getByText("Oolong 乌龙").first().waitFor();
    await page.getByRole("button", { name: t.common.undo, exact: true }).last().click();
    await page.getByText(t.data.products_empty).waitFor();
    await visit(page, "customers");
    assert.ok(!(await page.title()).includes("Ada"), "the title follows the page");
    await visit(page, "data/trash");
    await page.getByText(t.data.trash_empty).first().waitFor();
  });

  journey(`${language}: a file is dropped beside the demo, which goes first`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    await fillDemo(page, language);
    await visit(page, "data/import");
    await page.getByText(t.data.demo_beside).waitFor();
    await page.getByRole("button", { name: t.today.demo_clear }).click();
    await page.getByText(t.data.demo_beside).waitFor({ state: "detached" });
    const rows = ["OrderNo,CustomerID,Product,Quantity,OrderDate,UnitPrice", "A1,C1,Tea,2,2024-03-01,2.50"];
    const drop = (type) =>
      page.locator(".drop-zone").evaluate(
        (zone, [type, text]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
          zone.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
        },
        [type, `${rows.join("\n")}\n`],
      );
    await drop("dragover");
    await page.getByText(t.data.drop_now).waitFor();
    await drop("drop");
    await page.getByRole("heading", { name: t.data.mapping_title }).waitFor();
    await page.getByRole("button", { name: t.data.parse }).click();
    await page.getByRole("heading", { name: t.data.report_title }).waitFor();
    await page.getByRole("button", { name: t.data.go_on, exact: true }).click();
    await page.getByRole("button", { name: t.data.commit, exact: true }).click();
    await page.getByRole("heading", { name: t.data.finished_title }).waitFor();
    await visit(page, "customers");
    await page.getByText("C1").first().waitFor();
  });

  journey(`${language}: an answer is corrected, and Today knows who is unhappy`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    const dialog = page.getByRole("dialog");
    await page.getByRole("link", { name: new RegExp(t.today.by_hand) }).click();
    await dialog.getByLabel(t.customers.name, { exact: true }).fill("Ada 李");
    await dialog.getByRole("button", { name: t.common.save }).click();
    await page.getByRole("heading", { name: "Ada 李" }).waitFor();
    const choose = (scale, score) =>
      page.getByRole("group", { name: t.satisfaction[scale], exact: true }).getByRole("radio", { name: String(score), exact: true }).check();
    await page.locator("details.say > summary").click();
    await choose("hoped", 5);
    await choose("got", 8);
    await page.getByRole("textbox", { name: t.satisfaction.comment }).fill("good");
    await page.getByRole("button", { name: t.satisfaction.save }).click();
    const said = page.locator(".event.said");
    await said.waitFor();
    await said.getByRole("button", { name: t.satisfaction.edit }).click();
    assert.equal(await page.getByRole("textbox", { name: t.satisfaction.comment }).inputValue(), "good");
    await choose("got", 2);
    await page.getByRole("textbox", { name: t.satisfaction.comment }).fill("bitter");
    await page.getByRole("button", { name: t.satisfaction.save }).click();
    await said.getByText("bitter").waitFor();
    assert.equal(await said.count(), 1, "corrected, not added");
    await visit(page, "today");
    const unhappy = page.locator("section.card", { has: page.getByRole("heading", { name: t.today.unhappy_title }) });
    await unhappy.getByRole("link", { name: "Ada 李" }).waitFor();
  });
}

journey("an address below the app that leads nowhere comes back to it, at any depth", async (t) => {
  for (const base of ["/", "/shop/kith/"]) {
    const server = await host(t, { base });
    const context = await browser(t, server, { allow: [/404/] });
    const page = await context.newPage();
    await page.goto(`${server.url}no/such/folder/page.html#/settings`);
    await page.waitForURL(`${server.url}#/settings`);
    await mounted(page);
    await settled(page);
  }
});
