import './simulator/base.css';
import { createRoot } from 'react-dom/client';
import { invariant } from '../core/assert.ts';
import { openSettings } from './settings/settings.ts';
import { SimulatorPage } from './simulator/page.tsx';
import { followSimulator } from './simulator/simulator-client.ts';

/** Entry for the simulator's own page, which `saoma simulator --control-port` serves: no till is behind it. */
const root = document.getElementById('root');
invariant(root !== null, 'The page has no #root');
createRoot(root).render(
  <SimulatorPage simulator={followSimulator(window)} settings={openSettings(window.localStorage)} />,
);
