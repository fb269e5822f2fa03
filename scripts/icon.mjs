#!/usr/bin/env node
/** `node scripts/icon.mjs`: draws build/icon.png from build/icon.svg, after the drawing was changed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';

const SIZE_PX = 1024;
const buildDir = path.join(import.meta.dirname, '../build');

const browser = await chromium.launch({
  executablePath: process.env.SAOMA_BROWSER ?? '/usr/bin/chromium',
  chromiumSandbox: process.getuid?.() !== 0,
});
const page = await browser.newPage({ viewport: { width: SIZE_PX, height: SIZE_PX } });
const drawing = Buffer.from(readFileSync(path.join(buildDir, 'icon.svg'))).toString('base64');
await page.setContent(
  `<style>html,body{margin:0;background:transparent}img{display:block;width:${SIZE_PX}px}</style><img src="data:image/svg+xml;base64,${drawing}">`,
);
await page.screenshot({ path: path.join(buildDir, 'icon.png'), omitBackground: true });
await browser.close();
