#!/usr/bin/env bash
#
# @multisafepay/api-wrapper 1.0.1 (MultiSafepay's own wrapper for Node.js), seen on 2026-11-30; not reported.
#
# Expected: if no answer arrives, the promise is rejected with the error of the connection, whose `code` says what happened (Node.js documentation, Errors: ECONNREFUSED,
# ECONNRESET).
# Instead: it is rejected with a TypeError of the wrapper itself, which looks for an answer in the error. The code is lost.
# What it means for a shop: a connection that was refused, so that nothing was charged, cannot be told from one that broke after the order was sent, so that something may have
# been. An order has to be asked for (GET orders/{id}) before it is sent again, whatever failed.
#
# Needs: Node.js, npm. Calls nobody but a server of its own on the loopback interface.

set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @multisafepay/api-wrapper@1.0.1 axios@0.19.2

cat > run.js <<'JS'
const http = require('http');
const { version } = require('@multisafepay/api-wrapper/package.json');
const Client = require('@multisafepay/api-wrapper').default;

const order = { type: 'redirect', order_id: 'order-1', currency: 'EUR', amount: 1000, description: 'An order' };
let received = 0;

// Takes the order and hangs up without an answer.
const server = http.createServer(request => request.on('data', () => {}).on('end', () => { received++; request.socket.destroy(); }));

async function tryToOrder(port) {
  const client = new Client('made-up-key', { environment: 'test' });
  client.orders.client.defaults.baseURL = `http://127.0.0.1:${port}/v1/json/`;
  try {
    await client.orders.create({ ...order });
    return 'fulfilled';
  } catch (error) {
    return `${error.constructor.name}, code ${error.code}`;
  }
}

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const afterSending = await tryToOrder(port);
  await new Promise(closed => server.close(closed));
  const refused = await tryToOrder(port);

  console.log(`@multisafepay/api-wrapper ${version}`);
  console.log('expected: Error, code ECONNRESET; Error, code ECONNREFUSED');
  console.log(`seen:     ${afterSending}; ${refused} (${received} order received)`);
  if (received !== 1 || afterSending !== 'TypeError, code undefined' || refused !== afterSending) {
    console.error('The behaviour has changed.');
    process.exit(1);
  }
});
JS
node run.js
