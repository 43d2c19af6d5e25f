// Recency, frequency and money per customer of one order file, by two libraries and by a plain loop over typed arrays. Each gives the
// milliseconds of loading and of every run, and three sums that must agree.

import * as arrow from "apache-arrow";
import * as duckdb from "duckdb";

const folder = new URL(".", location.href).href;

/** The columns of a seeded order file; times in minutes, money in minor units. */
async function columns(address) {
  const lines = (await (await fetch(address)).text()).trimEnd().split("\n");
  const n = lines.length - 1;
  const made = { customer: new Int32Array(n), invoice: new Int32Array(n), minute: new Int32Array(n), quantity: new Int32Array(n), price: new Int32Array(n) };
  for (let i = 0; i < n; i += 1) {
    const cells = lines[i + 1].split(",");
    made.customer[i] = Number(cells[6]);
    made.invoice[i] = Number(cells[0]);
    made.minute[i] = Date.parse(`${cells[4].replace(" ", "T")}Z`) / 60_000;
    made.quantity[i] = Number(cells[3]);
    made.price[i] = Math.round(Number(cells[5]) * 100);
  }
  return made;
}

const timed = async (work) => {
  const begin = performance.now();
  const made = await work();
  return [performance.now() - begin, made];
};

async function repeated(runs, work) {
  const took = [];
  let sums = null;
  for (let run = 0; run < runs; run += 1) {
    const [ms, made] = await timed(work);
    took.push(ms);
    sums = made;
  }
  return { took, sums };
}

async function duck(data, runs) {
  const [start, database] = await timed(async () => {
    const dist = `${folder}node_modules/@duckdb/duckdb-wasm/dist`;
    const made = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(`${dist}/duckdb-browser-eh.worker.js`));
    await made.instantiate(`${dist}/duckdb-eh.wasm`);
    return made;
  });
  const link = await database.connect();
  const [load] = await timed(() => link.insertArrowFromIPCStream(arrow.tableToIPC(arrow.tableFromArrays(data), "stream"), { name: "lines", create: true }));
  const query = "select customer, max(minute) as last, count(distinct invoice) as orders, sum(quantity * price) as money from lines group by customer";
  const rfm = await repeated(runs, async () => {
    const answer = await link.query(query);
    const sum = (name) => [...answer.getChild(name)].reduce((all, one) => all + Number(one), 0);
    return [answer.numRows, sum("orders"), sum("money")];
  });
  await database.terminate();
  return { start, load, ...rfm };
}

async function arquero(data, runs) {
  const { aq } = globalThis;
  const [load, table] = await timed(() => aq.table(data));
  const rfm = await repeated(runs, () => {
    const answer = table
      .groupby("customer")
      .rollup({ last: (d) => aq.op.max(d.minute), orders: (d) => aq.op.distinct(d.invoice), money: (d) => aq.op.sum(d.quantity * d.price) });
    const sum = (name) => answer.array(name).reduce((all, one) => all + one, 0);
    return [answer.numRows(), sum("orders"), sum("money")];
  });
  return { start: 0, load, ...rfm };
}

async function plain(data, runs) {
  const rfm = await repeated(runs, () => {
    const places = new Map();
    const seen = new Set();
    const [last, orders, money] = [[], [], []];
    for (let i = 0; i < data.customer.length; i += 1) {
      let at = places.get(data.customer[i]);
      if (at === undefined) {
        at = places.size;
        places.set(data.customer[i], at);
        last.push(0);
        orders.push(0);
        money.push(0);
      }
      last[at] = Math.max(last[at], data.minute[i]);
      money[at] += data.quantity[i] * data.price[i];
      // An invoice is one customer's.
      if (!seen.has(data.invoice[i])) {
        seen.add(data.invoice[i]);
        orders[at] += 1;
      }
    }
    const sum = (all) => all.reduce((a, b) => a + b, 0);
    return [places.size, sum(orders), sum(money)];
  });
  return { start: 0, load: 0, ...rfm };
}

globalThis.peers = async (address, runs) => {
  const data = await columns(address);
  return { "DuckDB-wasm": await duck(data, runs), Arquero: await arquero(data, runs), "plain loop": await plain(data, runs) };
};
