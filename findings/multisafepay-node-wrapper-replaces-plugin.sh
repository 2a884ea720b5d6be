#!/usr/bin/env bash
#
# @multisafepay/api-wrapper 1.0.1 (MultiSafepay's own wrapper for Node.js), seen on 2026-11-30; not reported.
#
# Expected: the `plugin` of an order, with which a shop tells MultiSafepay its software and versions (API reference, Create order: plugin), is sent as given; the wrapper's own name
# at most where there is none.
# Instead: the wrapper replaces it in every order, and in the caller's own object as well.
# What it means for a shop: MultiSafepay's support sees the wrapper in place of the shop, and an order object that is used again is no longer what it was.
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

const own = { shop: 'Example shop', shop_version: '2.0', plugin_version: '3.1', shop_root_url: 'https://shop.example' };
const order = { type: 'redirect', order_id: 'order-1', currency: 'EUR', amount: 1000, description: 'An order', plugin: own };
let sent = '';
const server = http.createServer((request, response) => {
  request.on('data', part => { sent += part; }).on('end', () => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"success":true,"data":{"order_id":"order-1"}}'));
});

server.listen(0, '127.0.0.1', async () => {
  const client = new Client('made-up-key', { environment: 'test' });
  client.orders.client.defaults.baseURL = `http://127.0.0.1:${server.address().port}/v1/json/`;
  await client.orders.create(order);
  server.close();

  const plugin = JSON.parse(sent).plugin;
  console.log(`@multisafepay/api-wrapper ${version}`);
  console.log('expected:', JSON.stringify(own));
  console.log('sent:    ', JSON.stringify(plugin));
  console.log('the order object afterwards:', JSON.stringify(order.plugin));
  const replaced = { shop: 'multisafepay-node-wrapper', plugin_version: version, partner: 'MultiSafepay' };
  if (JSON.stringify(plugin) !== JSON.stringify(replaced) || JSON.stringify(order.plugin) !== JSON.stringify(replaced)) {
    console.error('The behaviour has changed.');
    process.exit(1);
  }
});
JS
node run.js
