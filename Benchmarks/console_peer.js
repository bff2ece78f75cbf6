// The same fan-out of events by Node: what console.py compares with. Every post is an event, each page is written each one.
const http = require("node:http");

const frames = [];
const pages = new Set();

function tell(type, details) {
  const frame = `id: 1a2b3c4d5e6f7.${frames.length}\ndata: ${JSON.stringify({ at: frames.length, type, ...details })}\n\n`;
  frames.push(frame);
  for (const page of pages) page.write(frame);
}

tell("session", { session: "1a2b3c4d5e6f7", tenant: "Larkspur", users: [] });

const server = http.createServer((request, response) => {
  if (request.method === "GET") {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write("retry: 1000\n\n" + frames.join(""));
    pages.add(response);
    response.on("close", () => pages.delete(response));
    return;
  }
  let body = "";
  request.on("data", (piece) => (body += piece));
  request.on("end", () => {
    JSON.parse(body);
    tell("clock", { paused: request.url.endsWith("pause") });
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": 2 });
    response.end("{}");
  });
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
process.on("SIGTERM", () => process.exit(0));
