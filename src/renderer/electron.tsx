import { mount } from './app.tsx';
import { keepConnected } from './connection/connection.ts';
import { createElectronDial } from './connection/electron-dial.ts';

/** Entry for the Electron host: the terminal is at the other end of a MessagePort. */
mount(keepConnected(createElectronDial(window)));
