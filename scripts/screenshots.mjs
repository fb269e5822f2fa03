#!/usr/bin/env node
/**
 * `npm run screenshots`: makes docs/screenshots/*.png anew, from the real till (`saoma kiosk` on a data folder of its
 * own, with the simulator for customers) in a real Chromium. Ends by itself, and leaves nothing running.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

const LONGEST_MS = 120_000;
const STATE_WITHIN_MS = 15_000;
const WIDE = { width: 1366, height: 768 };

const rootDir = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const targetDir = path.join(rootDir, 'docs', 'screenshots');
const cli = path.join(rootDir, 'out', 'main', 'cli.js');

if (!existsSync(cli)) {
  console.error('There is no build to photograph: run `npm run build` first.');
  process.exit(2);
}

const dataDir = await mkdtemp(path.join(tmpdir(), 'saoma-screenshots-'));
const till = spawn(process.execPath, [cli, 'kiosk', '--data', dataDir, '--no-open'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const tillEnded = once(till, 'exit');
const tooLong = setTimeout(() => {
  console.error(`Not done within ${LONGEST_MS / 1000} s: giving up.`);
  till.kill('SIGKILL');
  process.exit(1);
}, LONGEST_MS);

try {
  await mkdir(targetDir, { recursive: true });
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    chromiumSandbox: process.getuid?.() !== 0,
  });
  try {
    await photograph(browser, await launchUrl(till));
  } finally {
    await browser.close();
  }
} finally {
  clearTimeout(tooLong);
  till.kill('SIGTERM');
  await tillEnded;
  await rm(dataDir, { recursive: true, force: true });
}

async function photograph(browser, url) {
  const context = await browser.newContext({ viewport: WIDE, colorScheme: 'light', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(STATE_WITHIN_MS);
  await page.goto(url);
  await state(page, 'keying');

  // A morning at the till, so that the rail has something to tell.
  for (const [amount, customer, end] of [
    ['6', 'pays', 'paid'],
    ['128', 'coupon', 'paid'],
    ['35.9', 'not-enough', 'declined'],
    ['18.5', 'pays', 'paid'],
  ]) {
    await charge(page, amount);
    await customerComes(page, customer);
    await state(page, end);
    await page.keyboard.press('Escape');
    await state(page, 'keying');
  }

  await type(page, '12.5');
  await page.locator('output').getByText('12.5').waitFor();
  await shoot(page, 'amount');
  await page.keyboard.press('Enter');
  await state(page, 'scan');
  await shoot(page, 'scan');

  await customerComes(page, 'password');
  await state(page, 'password');
  // So that the ring is seen to run.
  await page.getByRole('timer').getByText('43').waitFor();
  await shoot(page, 'password');
  await state(page, 'paid');
  await receiptIsThere(page);
  await shoot(page, 'paid');

  await page.locator('.frame-panel > button').click();
  await page.getByRole('dialog').locator('img').waitFor();
  await page.getByRole('dialog').locator('time').first().waitFor();
  await shoot(page, 'story');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await inEnglishAndDark(page);
  await page.keyboard.press('Escape');
  await charge(page, '86');
  await customerComes(page, 'not-enough');
  await state(page, 'declined');
  await shoot(page, 'declined-en-dark');
}

/** The line that `saoma kiosk` prints for a person has the link in it. */
async function launchUrl({ stdout }) {
  for await (const line of createInterface({ input: stdout })) {
    const [url] = /http:\/\/127\.0\.0\.1:\d+\/\?ticket=\S+/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('saoma kiosk ended without giving a link.');
}

async function charge(page, amount) {
  await type(page, amount);
  await page.keyboard.press('Enter');
  await state(page, 'scan');
}

async function type(page, amount) {
  for (const key of amount) await page.keyboard.press(key);
}

/** By the demo's own door, which is closed again: a drawer is not in these pictures. */
async function customerComes(page, scenario) {
  await page.getByRole('button', { name: /^(演示|Demo)$/ }).click();
  await page.locator(`[data-scenario="${scenario}"]`).click();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function receiptIsThere(page) {
  await page.waitForFunction(() => document.querySelector('.frame-panel > button > img')?.naturalWidth > 0);
}

async function inEnglishAndDark(page) {
  await page.locator('footer button').last().click();
  const settings = page.getByRole('dialog');
  await settings.getByText('English').click();
  await settings.getByText('Dark').click();
  await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  await page.keyboard.press('Escape');
  await settings.waitFor({ state: 'detached' });
}

function state(page, name) {
  return page.locator(`[data-state="${name}"]`).waitFor();
}

async function shoot(page, name) {
  // Two frames: what was asked for is painted, fonts included.
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.screenshot({ path: path.join(targetDir, `${name}.png`) });
}
