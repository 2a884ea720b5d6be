#!/usr/bin/env bash
#
# @multisafepay/api-wrapper 1.0.1 (MultiSafepay's own wrapper for Node.js), seen on 2026-11-30; not reported.
#
# Expected: a call that MultiSafepay refuses rejects its promise. The README's examples wrap `orders.create` in try/catch, and handle errors in `.catch`.
# Instead: the promise is fulfilled, with `{error_code, error_info}` in place of the answer; for an answer without these fields, such as a gateway's page for status 503, it is
# fulfilled with the error object itself. Code like the README's never reaches its catch block and goes on without a payment page.
# What it means for a shop: each answer has to be asked for `success` before anything else is read from it.
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

const answers = [
  [404, 'application/json', JSON.stringify({ success: false, data: {}, error_code: 1006, error_info: 'Invalid transaction ID' })],
  [503, 'text/html', '<html><body>Service Unavailable</body></html>']
];
const server = http.createServer((request, response) => {
  const [status, type, body] = answers.shift();
  request.resume().on('end', () => response.writeHead(status, { 'Content-Type': type }).end(body));
});

server.listen(0, '127.0.0.1', async () => {
  const client = new Client('made-up-key', { environment: 'test' });
  client.orders.client.defaults.baseURL = `http://127.0.0.1:${server.address().port}/v1/json/`;
  const seen = [];
  for (let call = 0; call < 2; call++) {
    try {
      const answer = await client.orders.get('order-1');
      seen.push(answer instanceof Error ? 'fulfilled with an Error' : `fulfilled with ${JSON.stringify(answer)}`);
    } catch (error) {
      seen.push('rejected');
    }
  }

  server.close();
  const expected = ['rejected', 'rejected'];
  const observed = ['fulfilled with {"error_code":1006,"error_info":"Invalid transaction ID"}', 'fulfilled with an Error'];
  console.log(`@multisafepay/api-wrapper ${version}`);
  console.log('expected:', expected.join(', '));
  console.log('seen:    ', seen.join(', '));
  if (JSON.stringify(seen) !== JSON.stringify(observed)) {
    console.error('The behaviour has changed.');
    process.exit(1);
  }
});
JS
node run.js
