// Uses the credential service as a program would that the user runs: `serve_client.cjs CALLS PAUSE`. It prints one line of
// JSON like serve_client.py.
'use strict';

const http = require('http');

const URI = 'ALIBABA_CLOUD_CREDENTIALS_URI';
const service = new URL(process.env[URI]);
let count = 0;

const counter = http.createServer((request, response) => {
  count += 1;
  const headers = { host: `localhost:${service.port}` };
  http.get({ host: '127.0.0.1', port: service.port, path: service.pathname, headers }, (answer) => {
    response.writeHead(answer.statusCode);
    answer.pipe(response);
  });
});

const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

async function main() {
  const [calls, pause] = process.argv.slice(2).map(Number);
  await new Promise((done) => counter.listen(0, '127.0.0.1', done));
  process.env[URI] = `http://localhost:${counter.address().port}/`;
  const Client = require('@alicloud/credentials').default;
  const client = new Client();
  const taken = [];
  for (let number = 0; number < calls; number += 1) {
    if (number) await sleep(pause);
    const start = Date.now();
    try {
      const { accessKeyId, accessKeySecret, securityToken } = await client.getCredential();
      taken.push({ id: accessKeyId, secret: accessKeySecret, token: securityToken });
    } catch (error) {
      taken.push({ error: error.name, seconds: (Date.now() - start) / 1000 });
    }
  }
  console.log(JSON.stringify({ taken, requests: count }));
  process.exit(0);
}

main();
