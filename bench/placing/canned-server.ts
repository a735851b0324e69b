/**
 * A server that costs next to nothing: it answers every request with the same bytes, those of a CreateItem that went well.
 * Over raw sockets, since a server of node:http takes as long as what is measured. Argument: milliseconds until it answers.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';

const latencyMs = Number(process.argv[2] ?? 0);

const body =
  '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>' +
  '<h:ServerVersionInfo MajorVersion="15" MinorVersion="1" MajorBuildNumber="2507" MinorBuildNumber="39" ' +
  'Version="V2017_07_11" xmlns:h="http://schemas.microsoft.com/exchange/services/2006/types"/></s:Header>' +
  '<s:Body xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">' +
  '<m:CreateItemResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" ' +
  'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><m:ResponseMessages>' +
  '<m:CreateItemResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:Items>' +
  `<t:CalendarItem><t:ItemId Id="${'AAMkAGI2NGVhZTVlLTI1OGMtNDI4My1iZmE5LTA5OGJiZGEzMTc0YQBGAAAAAADU'.padEnd(152, 'A')}" ` +
  'ChangeKey="DwAAABYAAABOyYfVwhmKSJPkVTz0eCJWAAAAAAEy"/></t:CalendarItem></m:Items></m:CreateItemResponseMessage>' +
  '</m:ResponseMessages></m:CreateItemResponse></s:Body></s:Envelope>';
const answer = Buffer.from(
  'HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nrequest-id: 2c9e1c3f-6f8e-4b0b-9a64-0a4d3a4d5e6f\r\n' +
    `X-FEServer: CANNED\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
);

const server = createServer({ noDelay: true }, serve);
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.once('SIGTERM', () => process.exit());

/** One request after another: no client here sends the next one before it has the answer. */
function serve(socket: Socket): void {
  let missing = 0;
  let head = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    if (missing === 0) {
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const [, length = '0'] = /\r\ncontent-length: (\d+)/i.exec(head) ?? [];
      missing = end + 4 + Number(length) - head.length;
      head = '';
    } else missing -= chunk.length;
    if (missing > 0) return;
    if (latencyMs === 0) socket.write(answer);
    else setTimeout(() => socket.write(answer), latencyMs);
  });
}
