import { join } from 'node:path';
import type { Fen } from '../core/money.ts';
import { freshCode } from './behaviour/codes.ts';
import { SCENARIOS, type Scenario, scenarioById } from './behaviour/scenarios.ts';
import { loadOrMakeCertificates } from './certificates/certificate-folder.ts';
import type { Certificates } from './certificates/certificates.ts';
import type { SimulatorClock } from './clock.ts';
import type { SimulatorControl } from './control/control.ts';
import type { Violation } from './desk.ts';
import { memoryStore, openEventFile } from './ledger/event-file.ts';
import { type Books, createLedger, type Ledger } from './ledger/ledger.ts';
import type { SimOrder } from './ledger/order.ts';
import { type Postman, startPostman } from './notifications/postman.ts';
import { type SimulatorOptions, settingsOf } from './options.ts';
import type { SimPayout } from './payouts/payout-book.ts';
import { type Listener, listen } from './server.ts';
import { createService, newNonce, type Service } from './service.ts';
import { staticOpening } from './static-code.ts';
import type { Visitors } from './visitors.ts';

/** WeChat Pay API v2 on 127.0.0.1, with customers to play with and books to compare. */
export interface Simulator extends Pick<Certificates, 'caPem' | 'clientCertPem' | 'clientKeyPem' | 'clientP12'> {
  readonly port: number;
  readonly plainPort?: number;
  /** `https://127.0.0.1:PORT` */
  readonly baseUrl: string;
  readonly scenarios: readonly Scenario[];
  /** @throws RangeError when there is no such scenario */
  freshCode(scenarioId: string): string;
  /** Somebody comes to an order that was placed, by its code_url or prepay_id. @see Visitors */
  pay: Visitors['pay'];
  /** Whoever is at an order's password box goes away. @see Visitors */
  cancel: Visitors['cancel'];
  /** A customer pays so much on the store's printed code: an order that no till has made. */
  payStatic(amountFen: Fen): SimOrder;
  /** For a trainer: wallets, payment codes and faults. */
  readonly control: SimulatorControl;
  /** Every order, in the order they were opened, as it stands now. */
  orders(): readonly SimOrder[];
  books(): Books;
  /** Every payout, in the order they were made, as it stands now. */
  payouts(): readonly SimPayout[];
  /** What the tills did that the API's rules forbid; none is what a test wants to see. */
  violations(): readonly Violation[];
  /** Breaks every connection, and leaves the ledger as it is. */
  close(): Promise<void>;
}

/**
 * Starts the simulator. Rejects when a port is taken, the ledger file is damaged or cannot be opened, or a rule can
 * never work; nothing is left open then.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const settings = settingsOf(options);
  const { clock, merchant, random } = settings;
  const certificates = await loadOrMakeCertificates(merchant.mchId, options.certDir);
  const ledger = openLedger(options.dataDir);
  try {
    const service = createService(ledger, settings);
    let postman: Postman | undefined;
    const wakePostman = () => postman?.wake();
    const handle: Service['handle'] = (call) => afterwards(wakePostman, service.handle(call));
    const listeners = await listenAll(options, { service: { ...service, handle }, clock, certificates });
    postman = startPostman({ ledger, merchant, clock, newNonce: () => newNonce(random) });
    const [tls, plain] = listeners;
    let closing: Promise<void> | undefined;
    // A ledger that is closed stays as it was: customers only go on when the next simulator opens it.
    const settle = () => {
      if (!closing) ledger.settle(clock.now());
    };
    return {
      port: tls.port,
      ...(plain ? { plainPort: plain.port } : {}),
      baseUrl: `https://127.0.0.1:${tls.port}`,
      caPem: certificates.caPem,
      clientCertPem: certificates.clientCertPem,
      clientKeyPem: certificates.clientKeyPem,
      clientP12: certificates.clientP12,
      scenarios: SCENARIOS,
      freshCode: (scenarioId) => freshCode(known(scenarioId), random),
      pay: (...visit) => afterwards(wakePostman, service.visitors.pay(...visit)),
      cancel: (handle) => afterwards(wakePostman, service.visitors.cancel(handle)),
      payStatic: (amountFen) => ledger.open(staticOpening(ledger, amountFen, clock.now()), clock.now()),
      control: {
        ...service.control,
        comeToPay: (...visit) => afterwards(wakePostman, service.control.comeToPay(...visit)),
        tellCustomer: (...wish) => afterwards(wakePostman, service.control.tellCustomer(...wish)),
      },
      orders() {
        settle();
        return ledger.orders();
      },
      books() {
        settle();
        return ledger.books();
      },
      payouts() {
        settle();
        return ledger.payouts.payouts();
      },
      violations: () => service.violations(),
      close() {
        closing ??= Promise.all([postman?.stop(), ...listeners.map((listener) => listener?.close())]).then(() =>
          ledger.close(),
        );
        return closing;
      },
    };
  } catch (error) {
    ledger.close();
    throw error;
  }
}

function openLedger(dataDir: string | undefined): Ledger {
  const store = dataDir === undefined ? memoryStore() : openEventFile(join(dataDir, 'simulator-ledger.jsonl'));
  try {
    return createLedger(store);
  } catch (error) {
    store.close();
    throw error;
  }
}

async function listenAll(
  options: SimulatorOptions,
  parts: { service: Service; clock: SimulatorClock; certificates: Certificates },
): Promise<readonly [Listener, Listener?]> {
  const tls = await listen(options.port ?? 0, parts);
  if (options.plainPort === undefined) return [tls];
  try {
    const { service, clock } = parts;
    return [tls, await listen(options.plainPort, { service, clock })];
  } catch (error) {
    await tls.close();
    throw error;
  }
}

function afterwards<T>(then: () => void, result: T): T {
  then();
  return result;
}

function known(scenarioId: string): Scenario {
  const scenario = scenarioById(scenarioId);
  if (!scenario) throw new RangeError(`The simulator knows no scenario "${scenarioId}"`);
  return scenario;
}
