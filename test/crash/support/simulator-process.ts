import { startSimulator } from '../../../src/simulator/simulator.ts';
import { QUICK_DELAYS } from '../../fixtures/shop.ts';

/*
 * node simulator-process.ts DATA CERTIFICATES PORT: the simulator as a process that can be killed, with customers who
 * are as quick as the tests. Tells its parent where it is, and answers every message with what tills did wrong.
 */

const [dataDir = '', certDir = '', port = '0'] = process.argv.slice(2);
const simulator = await startSimulator({ dataDir, certDir, port: Number(port), delays: QUICK_DELAYS });
process.on('message', () => process.send?.({ violations: simulator.violations() }));
// A parent that is gone has no more use for it.
process.on('disconnect', () => process.exit());
process.send?.({ port: simulator.port });
