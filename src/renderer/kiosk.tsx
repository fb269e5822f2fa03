import { mount } from './app.tsx';
import { keepConnected } from './connection/connection.ts';
import { createKioskDial } from './connection/kiosk-dial.ts';
import { createEntrance } from './connection/kiosk-entrance.ts';
import { askBeforeUnload } from './leaving/ask-before-unload.ts';

/** Entry for the kiosk host: the terminal is at the other end of a WebSocket. */
const entrance = createEntrance(window);
const connection = keepConnected(createKioskDial(window, entrance));
const feed = mount({ ...connection, signOut: entrance.leave });
askBeforeUnload(window, feed.status);
