// The playground listens on every interface and calls home. Loaded before it, this leaves it this machine alone.
"use strict";
const dns = require("node:dns");
const net = require("node:net");

const HERE = "127.0.0.1";
const OURS = new Set(["localhost", HERE, "::1"]);

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  const callback = typeof args.at(-1) === "function" ? args.pop() : undefined;
  const port = typeof args[0] === "object" && args[0] !== null ? args[0].port : args[0];
  return listen.call(this, { port, host: HERE }, callback);
};

const refused = (host) => Object.assign(new Error(`${host} is not this machine`), { code: "ENOTFOUND" });

dns.lookup = (host, options, callback) => {
  const [how, done] = typeof options === "function" ? [{}, options] : [options ?? {}, callback];
  if (!OURS.has(host)) {
    process.nextTick(done, refused(host));
  } else if (how.all) {
    process.nextTick(done, null, [{ address: HERE, family: 4 }]);
  } else {
    process.nextTick(done, null, HERE, 4);
  }
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host = typeof first === "object" && first !== null ? first.host : args[1];
  if (typeof host === "string" && net.isIP(host) !== 0 && !OURS.has(host)) {
    process.nextTick(() => this.destroy(refused(host)));
    return this;
  }
  return connect.apply(this, args);
};
