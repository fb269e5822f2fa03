import { startSimulator } from '../../../src/simulator/simulator.ts';

/* What simulator-process.ts runs. Says on standard output how to reach it. */

const [dir] = process.argv.slice(2);
if (dir === undefined) throw new Error('Which folder?');
const { port, caPem, clientCertPem, clientKeyPem } = await startSimulator({ dataDir: dir, certDir: dir });
process.stdout.write(`${JSON.stringify({ port, caPem, clientCertPem, clientKeyPem })}\n`);
