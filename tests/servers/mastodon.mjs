// The Mastodon client API of @rmdes/indiekit-endpoint-activitypub in Express, on 127.0.0.1, with its collections in
// memory. What is not of that API is stood in for: federation (nobody is written to) and the web site that keeps posts
// (it is "rebuilt" at once). Members and the owner's browser act through /test/.
import { readdirSync, readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const { PORT, PACKAGE } = process.env;
const base = `http://127.0.0.1:${PORT}/`;
const home = pathToFileURL(path.join(PACKAGE, "..", "package.json")).href;

// --- what stands in

const names = new Map();
for (const file of readdirSync(path.join(PACKAGE, "lib"), { recursive: true }).filter((one) => one.endsWith(".js"))) {
  const source = readFileSync(path.join(PACKAGE, "lib", file), "utf8");
  for (const [, wanted, from] of source.matchAll(/import\s*\{([^}]*)\}\s*from\s*"(@fedify\/[^"]+)"/g)) {
    const known = names.get(from) ?? names.set(from, new Set()).get(from);
    for (const name of wanted.split(",")) if (name.trim()) known.add(name.trim().split(" as ")[0]);
  }
}
const site = {
  "@indiekit/endpoint-micropub/lib/post-data.js":
    "export const postData = { create: async (a, p, jf2) => ({ properties: { ...jf2, url: p.address() } }) };",
  "@indiekit/endpoint-micropub/lib/post-content.js":
    "export const postContent = { create: (p, data) => p.publish(data.properties) };",
  "@indiekit/error": "export class IndiekitError extends Error {}",
  "@js-temporal/polyfill": "export const Temporal = {};",
  "@rmdes/indiekit-startup-gate": "export const waitForReady = () => {};",
  ioredis: "export default class {}; export class Redis {}",
};
registerHooks({
  resolve(specifier, context, next) {
    const federation = specifier.startsWith("@fedify/");
    const stub = federation
      ? [...(names.get(specifier) ?? [])].map((name) => `export class ${name} {}`).join("\n")
      : site[specifier];
    if (stub === undefined) {
      return next(specifier, /^[@a-z]/.test(specifier) ? { ...context, parentURL: home } : context);
    }
    return { url: `data:text/javascript,${encodeURIComponent(stub)}`, format: "module", shortCircuit: true };
  },
});

const { default: express } = await import("express");
const { ObjectId } = await import("mongodb");
const { createMastodonRouter } = await import(pathToFileURL(path.join(PACKAGE, "lib/mastodon/router.js")).href);
const { setLocalIdentity } = await import(pathToFileURL(path.join(PACKAGE, "lib/mastodon/entities/status.js")).href);

// --- collections, as far as that API asks of them

const plain = (value) => (value instanceof ObjectId ? value.toHexString() : value instanceof Date ? +value : value);
const at = (row, place) => place.split(".").reduce((found, name) => found?.[name], row);
const tests = {
  $in: (value, wanted) => wanted.some((one) => same(value, one)),
  $nin: (value, wanted) => !wanted.some((one) => same(value, one)),
  $ne: (value, wanted) => !same(value, wanted),
  $eq: (value, wanted) => same(value, wanted),
  $gt: (value, wanted) => plain(value) > plain(wanted),
  $lt: (value, wanted) => plain(value) < plain(wanted),
  $exists: (value, wanted) => (value !== undefined) === wanted,
};
const same = (value, wanted) => plain(value ?? null) === plain(wanted ?? null);
const isQuery = (wanted) => wanted && Object.getPrototypeOf(wanted) === Object.prototype;
const fits = (row, query) =>
  Object.entries(query).every(([place, wanted]) => {
    if (place === "$or") return wanted.some((one) => fits(row, one));
    if (!isQuery(wanted)) return same(at(row, place), wanted);
    return Object.entries(wanted).every(([test, value]) => tests[test](at(row, place), value));
  });

class Rows {
  constructor(rows) { this.rows = rows; }
  sort(by) {
    const order = Object.entries(by);
    this.rows = [...this.rows].sort((a, b) => {
      for (const [place, way] of order) {
        const [one, other] = [plain(at(a, place)) ?? "", plain(at(b, place)) ?? ""];
        if (one !== other) return one < other ? -way : way;
      }
      return 0;
    });
    return this;
  }
  limit(count) { this.rows = this.rows.slice(0, count); return this; }
  skip(count) { this.rows = this.rows.slice(count); return this; }
  project() { return this; }
  async toArray() { return this.rows.map((row) => structuredClone({ ...row, _id: undefined })).map((row, n) => ({ ...row, _id: this.rows[n]._id })); }
}

class Collection {
  rows = [];
  find(query = {}) { return new Rows(this.rows.filter((row) => fits(row, query))); }
  async findOne(query = {}) { return (await this.find(query).limit(1).toArray())[0] ?? null; }
  async insertOne(row) { row._id ??= new ObjectId(); this.rows.push(row); return { insertedId: row._id }; }
  async countDocuments(query = {}) { return this.find(query).rows.length; }
  async distinct(place, query = {}) { return [...new Set(this.find(query).rows.map((row) => at(row, place)))]; }
  async change(rows, { $set = {}, $unset = {} }) {
    for (const row of rows) {
      for (const [place, value] of Object.entries($set)) {
        const parts = place.split(".");
        const last = parts.pop();
        parts.reduce((found, name) => (found[name] ??= {}), row)[last] = value;
      }
      for (const place of Object.keys($unset)) delete row[place];
    }
    return { modifiedCount: rows.length, matchedCount: rows.length };
  }
  async updateOne(query, update, { upsert } = {}) {
    const found = this.find(query).rows.slice(0, 1);
    if (found.length || !upsert) return this.change(found, update);
    return this.insertOne({ ...update.$set });
  }
  async updateMany(query, update) { return this.change(this.find(query).rows, update); }
  async findOneAndUpdate(query, update) {
    const before = await this.findOne(query);
    await this.updateOne(query, update);
    return before;
  }
  async deleteMany(query) {
    const gone = new Set(this.find(query).rows);
    this.rows = this.rows.filter((row) => !gone.has(row));
    return { deletedCount: gone.size };
  }
  async deleteOne(query) { return this.deleteMany({ _id: this.find(query).rows[0]?._id ?? "none" }); }
}

const kept = {};
const named = (name) => (kept[name] ??= new Collection());
// some parts ask for a collection as a property, others as of a Map
const collections = new Proxy(kept, {
  get: (_, name) => (typeof name !== "string" ? undefined : name === "get" ? named : named(name)),
});

// --- the site and its people

const now = () => new Date().toISOString();
const jana = { name: "Jana", url: base, handle: "@jana@127.0.0.1", photo: "" };
const write = async (url, html, inReplyTo, author, visibility = "public") => {
  const times = { published: now(), receivedAt: now(), createdAt: now() };
  const lists = { category: [], photo: [], video: [], audio: [] };
  const content = { html, text: html.replace(/<[^<>]*>/g, "") };
  const row = { uid: url, url, type: "note", content, inReplyTo, visibility, author, ...times, ...lists };
  await collections.ap_timeline.insertOne(row);
  return row;
};
let posts = 0;
const publication = {
  me: base,
  address: () => `${base}posts/${++posts}`,
  publish: (said) => write(said.url, said.content.html, said["in-reply-to"] ?? null, jana, said.visibility),
};

const app = express();
app.locals.application = { collections };
app.locals.publication = publication;
const browser = { access_token: "the owner is logged in at her own site" };
app.use((request, response, next) => { request.session = browser; next(); });
app.use("/test", express.json(), async (request, response) => {
  const done = await acts[request.path.slice(1)](request.body);
  response.json(done ?? {});
});
const acts = {
  async begin({ token }) {
    for (const name of Object.keys(kept)) delete kept[name];
    await collections.ap_profile.insertOne({ name: "Jana", url: base, summary: "", createdAt: now() });
    await collections.ap_oauth_tokens.insertOne({ accessToken: token, revokedAt: null, scopes: ["read", "write"], createdAt: new Date() });
    const row = await write(publication.address(), "<p>Ný bók! Új könyv!</p>", null, jana);
    return { post: row._id.toString() };
  },
  async say({ who, html, above }) {
    const parent = await collections.ap_timeline.findOne({ _id: new ObjectId(above) });
    const author = { name: who[0].toUpperCase() + who.slice(1), url: `https://citrus.example/@${who}`, handle: `@${who}@citrus.example`, photo: "" };
    const row = await write(`https://citrus.example/@${who}/${new ObjectId()}`, html, parent.url, author);
    await collections.ap_notifications.insertOne({
      uid: `${row.url}#told`, type: "reply", actorUrl: author.url, actorName: author.name, actorHandle: author.handle,
      actorPhoto: "", url: row.url, targetUrl: row.url, content: row.content, published: now(), createdAt: now(), readAt: null,
    });
    return { id: row._id.toString() };
  },
  change: ({ id, html }) => collections.ap_timeline.updateOne({ _id: new ObjectId(id) }, { $set: { "content.html": html, updated: now() } }),
  favourites: async ({ id }) => {
    const row = await collections.ap_timeline.findOne({ _id: new ObjectId(id) });
    return { count: await collections.ap_interactions.countDocuments({ type: "like", objectUrl: row.uid }) };
  },
  takeAway: ({ id }) => collections.ap_timeline.deleteOne({ _id: new ObjectId(id) }),
  async said() {
    const rows = collections.ap_timeline.rows.filter((row) => row.author.url === base && row.inReplyTo);
    const parent = (row) => collections.ap_timeline.rows.find((one) => one.url === row.inReplyTo)?._id.toString() ?? "";
    return rows.map((row) => [row.content.html, parent(row)]);
  },
  async posts() {
    const rows = collections.ap_timeline.rows.filter((row) => row.author.url === base && !row.inReplyTo);
    return rows.map((row) => [row.content.html, row.visibility]);
  },
};
setLocalIdentity(base, "jana");
const nobody = {
  getDocumentLoader: async () => null, getActorUri: (name) => new URL(name, base), lookupObject: async () => null,
  sendActivity: async () => {},
};
const federation = { createContext: () => nobody };
app.use(createMastodonRouter({ collections, pluginOptions: { handle: "jana", publicationUrl: base, federation } }));
app.listen(+PORT, "127.0.0.1", () => console.log("ready"));
