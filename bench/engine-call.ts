import { readFileSync } from 'node:fs';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import Payment from 'tenpay';
import { fen } from '../src/core/money.ts';
import { createTerminal } from '../src/main/terminal.ts';
import { type Figure, figureOf, machineMs, round } from './figures.ts';
import { MERCHANT, startShop } from './shop.ts';

const WARM_UP_CALLS = 10;

/**
 * A whole micropay call by our engine (two durable commits, signed, verified) against the npm client tenpay's bare call
 * to the same server, turn by turn in the same process.
 */
export async function engineAgainstPeer(calls: number): Promise<{ figures: Figure[]; ratio: number }> {
  await using shop = await startShop();
  const url = `https://127.0.0.1:${shop.gatewayPort}`;
  const peer = peerAt(url, shop.certDir);
  const paid = { at: Promise.withResolvers<number>() };
  const terminal = await createTerminal({
    dataDir: shop.dataDir,
    host: 'none',
    env: shop.envFor(url),
    printer: 'none',
    onPayment: ({ state }) => state === 'paid' && paid.at.resolve(machineMs()),
  });
  const [ours, theirs]: [number[], number[]] = [[], []];
  try {
    for (let call = 0; call < WARM_UP_CALLS + calls; call++) {
      terminal.till.ask(fen(1230));
      paid.at = Promise.withResolvers();
      const scannedAt = machineMs();
      terminal.till.scan(shop.freshCode());
      const paidAt = await paid.at.promise;

      const calledAt = machineMs();
      await peer.micropay({
        out_trade_no: `PEER-${String(call).padStart(8, '0')}`,
        auth_code: shop.freshCode(),
        body: 'bench',
        total_fee: 1230,
        sign_type: 'HMAC-SHA256',
      });
      const answeredAt = machineMs();
      if (call < WARM_UP_CALLS) continue;
      ours.push(paidAt - scannedAt);
      theirs.push(answeredAt - calledAt);
    }
  } finally {
    await terminal.close();
  }
  const figures = [figureOf('our whole micropay', ours), figureOf("tenpay's bare micropay", theirs)];
  return { figures, ratio: round((figures[0]?.p50 ?? 0) / (figures[1]?.p50 ?? 1)) };
}

function peerAt(url: string, certDir: string): Payment {
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(path.join(certDir, 'ca.pem'), 'utf8')]);
  const peer = new Payment({ appid: MERCHANT.appId, mchid: MERCHANT.mchId, partnerKey: MERCHANT.key });
  peer.urls = { ...peer.urls, micropay: `${url}/pay/micropay` };
  return peer;
}
