// Serves a page that runs a compiled program with @fusabi/vm alone, under a policy that lets no text become code. PORT says where.
import { createServer } from "node:http";
import { makeSite, wireSize } from "./site.js";

const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

const site = await makeSite();
for (const [path, file] of site) console.log(`${path}: ${wireSize(file)} gzipped`);

const server = createServer((request, response) => {
  const file = site.get(new URL(request.url ?? "/", "http://localhost").pathname);
  if (file === undefined) {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
    return;
  }
  response
    .writeHead(200, {
      "content-type": file.type,
      "content-security-policy": policy,
      "cache-control": "no-store",
    })
    .end(file.content);
});

server.listen(Number(process.env["PORT"] ?? 8080), "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") console.log(`http://127.0.0.1:${address.port}/`);
});
