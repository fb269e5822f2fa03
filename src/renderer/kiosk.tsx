import { mount } from './app.tsx';
import { keepConnected } from './connection/connection.ts';
import { createKioskDial } from './connection/kiosk-dial.ts';

/** Entry for the kiosk host: the terminal is at the other end of a WebSocket. */
mount(keepConnected(createKioskDial(window)));
