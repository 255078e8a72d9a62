// Bluesky's own development network (PLC, PDS, AppView, moderation) of @atproto/dev-env, on 127.0.0.1 alone.
const net = require("node:net");
const path = require("node:path");

// every listen() that names no host is kept on this machine
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (first, ...rest) {
  if (/^\d+$/.test(String(first))) return listen.call(this, first, "127.0.0.1", ...rest.filter((one) => typeof one !== "string"));
  if (first && typeof first === "object" && first.port !== undefined && !first.path) first.host = "127.0.0.1";
  return listen.call(this, first, ...rest);
};
require("node:dns").setDefaultResultOrder("ipv4first");

const [plc, pds, bsky, ozone] = process.env.PORTS.split(",").map(Number);
const { TestNetwork } = require(path.join(process.env.MODULES, "@atproto/dev-env"));
(async () => {
  await TestNetwork.create({
    plc: { port: plc },
    pds: { port: pds, hostname: "localhost", enableDidDocWithSession: true },
    bsky: { port: bsky, dbPostgresSchema: "bsky", publicUrl: `http://localhost:${bsky}` },
    ozone: { port: ozone },
  });
  console.log("the network is up");
})().catch((why) => { console.error(why); process.exit(1); });
