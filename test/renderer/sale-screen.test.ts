import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PhaseSchema, ReasonSchema } from '../../src/contract/schemas.ts';
import { fen } from '../../src/core/money.ts';
import { LANGUAGES, messagesIn } from '../../src/renderer/i18n/messages.ts';
import { TONES } from '../../src/renderer/sale/panel-content.ts';
import { withoutBrowser } from '../fixtures/browser.ts';
import { aRow, aStatus } from './fake-terminal.ts';
import { LARGE, SMALL, startTillPages, type TillPage, type TillPageOptions } from './support/till-pages.ts';

const PHASES = PhaseSchema.options;
const REASONS = ReasonSchema.shape.code.options;
const MOST = { amountFen: fen(999_999_999), paidFen: fen(999_999_899), couponFen: fen(100) };
const SIZES = [
  ['1024×600', SMALL],
  ['1920×1080', LARGE],
] as const;

describe.skipIf(withoutBrowser())('the sale screen', () => {
  let pages: Awaited<ReturnType<typeof startTillPages>>;
  let till: TillPage;

  beforeAll(async () => {
    pages = await startTillPages();
  });
  afterAll(() => pages.close());
  afterEach(() => till.close());

  const open = async (options: TillPageOptions = {}) => {
    till = await pages.open(options);
    till.terminal.showSales([aRow(42, 'paid')]);
  };
  const state = (name: string) => till.page.locator(`[data-state="${name}"]`).waitFor();

  describe.each(LANGUAGES)('in %s', (language) => {
    it.each(['light', 'dark'] as const)('says every state by word, colour and shape, when it is %s', async (theme) => {
      await open({ language, theme });
      const shapes = new Set<string>();
      for (const phase of PHASES) {
        till.terminal.showPhase(phase);
        await state(phase);
        expect(await till.page.locator('.frame-panel h1').textContent()).toBe(messagesIn(language).state[phase]);
        const [shown, wanted] = await backgrounds(till.page, TONES[phase]);
        expect(shown, phase).toBe(wanted);
        shapes.add(await till.page.locator('.frame-panel header > span:first-child').innerHTML());
      }
      // Taking back and taken back share a shape; nothing else does.
      expect(shapes.size).toBe(PHASES.length - 1);
      expect(till.troubles).toEqual([]);
    });

    it.each(SIZES)('has room for every reason and every word at %s', async (_, size) => {
      await open({ language, size });
      for (const phase of PHASES) {
        till.terminal.showPhase(phase, MOST);
        await state(phase);
        expect(await clipped(till.page), phase).toEqual([]);
      }
      for (const [index, code] of REASONS.entries()) {
        till.terminal.showPhase(index % 2 === 0 ? 'uncertain' : 'declined', { ...MOST, reason: { code } });
        await state(index % 2 === 0 ? 'uncertain' : 'declined');
        expect(await clipped(till.page), code).toEqual([]);
      }
    });
  });

  describe.each(LANGUAGES)('in %s', (language) => {
    it.each(SIZES)('takes cash by touch at %s, with everything in view', async (_, size) => {
      await open({ language, size });
      till.terminal.show({ step: 'scan', amountFen: fen(1_230) });
      await till.page.locator('[data-action="Cash"]').click();
      await state('tender');
      await till.page.locator('[data-key="Note100"]').click();
      await till.page.getByText('￥87.70').waitFor();
      expect(await clipped(till.page)).toEqual([]);
      await till.page.locator('.frame-panel [data-action="Enter"]').click();
      await state('paid');
      expect(await clipped(till.page)).toEqual([]);
      expect(till.terminal.calls).toEqual(['takeCash 1230 10000']);
      till.terminal.showPhase('declined');
      await state('declined');
      expect(await clipped(till.page)).toEqual([]);
      expect(till.troubles).toEqual([]);
    });
  });

  describe.each(SIZES)('at %s', (_, size) => {
    it('moves no part of it when the state changes', async () => {
      await open({ size });
      const before = await boxes(till.page);
      expect(before.length).toBeGreaterThanOrEqual(10);
      for (const phase of PHASES) {
        till.terminal.showPhase(phase, MOST);
        await state(phase);
        if (phase === 'paid') await till.page.getByRole('button', { name: '看小票和经过' }).waitFor();
        expect(await boxes(till.page), phase).toEqual(before);
      }
    });

    it('shows an amount at least a tenth of the screen high, and all of the largest', async () => {
      await open({ size });
      const output = till.page.locator('.frame-panel output');
      const fontPx = () => output.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
      till.terminal.showPhase('working', { amountFen: fen(999_999) });
      await state('working');
      expect(await fontPx()).toBeGreaterThanOrEqual(size.height / 10);
      till.terminal.showPhase('paid', MOST);
      await state('paid');
      expect(await output.textContent()).toBe('￥9,999,999.99');
      expect(await clipped(till.page)).toEqual([]);
    });

    it('keeps every banner and warning in view beside a long store name', async () => {
      await open({ size, language: 'en' });
      till.terminal.showStatus(
        aStatus({
          storeName: '很长很长的店名有限责任公司第一百货商店一楼东北角便利店',
          gateway: 'simulator',
          unsettled: { count: 12, amountFen: fen(999_999_999), oldestAt: Date.now() - 13 * 86_400_000 },
          line: 'offline',
          certificateExpiresAt: Date.now() + 12.5 * 86_400_000,
        }),
      );
      for (const text of [
        /^12 not settled · ￥9,999,999\.99 · .*13/,
        /^Simulator · no real money$/,
        /^Demo$/,
        /^12 days left$/,
      ]) {
        const shown = till.page.getByText(text);
        await shown.waitFor();
        const whole = await shown.evaluate((element) => {
          const { left, right } = element.getBoundingClientRect();
          return element.scrollWidth <= element.clientWidth + 1 && left >= 0 && right <= innerWidth;
        });
        expect(whole, text.source).toBe(true);
      }
    });

    it('has targets of at least 48 px', async () => {
      await open({ size });
      till.terminal.showPhase('declined');
      await state('declined');
      const small = await till.page.locator('button:visible').evaluateAll((buttons) =>
        buttons
          .map((button) => ({ name: button.textContent, box: button.getBoundingClientRect() }))
          .filter(({ box }) => box.width < 48 || box.height < 48)
          .map(({ name }) => name),
      );
      expect(small).toEqual([]);
    });
  });

  it('says what to do when a payment is declined, in three lines, and offers it again', async () => {
    await open({ language: 'en' });
    till.terminal.showPhase('declined');
    await state('declined');
    expect(await till.page.locator('.frame-panel > div > p').allTextContents()).toEqual([
      'The customer’s balance is too low.',
      'This payment did not go through.',
      'Ask for another card, then scan a fresh code.',
    ]);
    expect(await till.page.locator('[data-action="Enter"]').textContent()).toContain('Try again');
  });

  it('counts the seconds that the customer has for the password', async () => {
    await open({ language: 'en' });
    till.terminal.showPhase('password', { msLeft: 38_000 });
    const timer = till.page.getByRole('timer');
    await timer.waitFor();
    expect(await timer.textContent()).toMatch(/^3[78]$/);
    expect(await timer.locator('svg').count()).toBe(1);
    await vi.waitFor(async () => expect(await timer.textContent()).toBe('36'), { timeout: 4_000 });
  });

  it('shows the receipt of a paid sale, and its story at a press', async () => {
    await open({ language: 'en' });
    till.terminal.showPhase('paid');
    const receipt = till.page.getByRole('button', { name: 'Look at the receipt and what happened' });
    await receipt.waitFor();
    await vi.waitFor(async () =>
      expect(await receipt.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0),
    );
    await receipt.click();
    await till.page.getByRole('dialog').getByText('Checked: received').waitFor();
    expect(till.troubles).toEqual([]);
  });

  it('plays the customer and shows the paper while the simulator is in use', async () => {
    await open({ language: 'en' });
    till.terminal.showStatus({ gateway: 'simulator' });
    await till.page.getByText('Demo', { exact: true }).click();
    await till.page.locator('[data-scenario="pays"]').click();
    await vi.waitFor(() => expect(till.terminal.calls).toEqual(['present pays']));
    till.terminal.printSheet('0001-01-000042');
    await till.page.getByAltText('Receipt of sale 0001-01-000042').waitFor();
    expect(till.troubles).toEqual([]);
  });

  it('changes its language and its looks at once, and remembers them', async () => {
    await open();
    await till.page.getByLabel('设置').click();
    await till.page.getByText('English').click();
    await till.page.getByText('Key in the amount').waitFor();
    await till.page.getByText('Dark').click();
    await till.page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    expect(await till.page.evaluate(() => localStorage.getItem('saoma.settings'))).toContain('"theme":"dark"');
    expect(till.troubles).toEqual([]);
  });

  it('says when it has lost the terminal, keeps the amount in view, and comes back by itself', async () => {
    const line = breakableLine();
    await open({ language: 'en', prepare: line.prepare });
    till.terminal.showPhase('working');
    await state('working');
    await line.cut();
    await state('lost');
    expect(await till.page.locator('.frame-panel').textContent()).toContain('safe with the terminal');
    expect(await clipped(till.page)).toEqual([]);
    expect(await till.page.locator('.frame-panel output').textContent()).toBe('￥12.50');
    till.terminal.showPhase('paid');
    line.mend();
    await state('paid');
  });

  it('says how to open the till again when its link is used up', async () => {
    await open();
    const used = till.terminal.url();
    const first = await till.page.context().newPage();
    await first.goto(used);
    await first.locator('[data-state="keying"]').waitFor();
    const second = await till.page.context().newPage();
    await second.goto(used);
    await second.getByRole('heading', { name: '这个窗口打不开收银' }).waitFor();
    expect(second.url()).not.toContain('ticket');
    expect(await second.locator('main p').allTextContents()).toHaveLength(2);
  });
});

/** The panel's background as painted, and what the tone's token stands for. */
function backgrounds(page: Page, tone: string): Promise<string[]> {
  return page.evaluate((name) => {
    const probe = document.createElement('i');
    probe.style.setProperty('background-color', `var(--tone-${name}-bg)`);
    document.body.append(probe);
    const painted = [document.querySelector('.frame-panel'), probe].map((element) =>
      element === null ? '' : getComputedStyle(element).backgroundColor,
    );
    probe.remove();
    return painted;
  }, tone);
}

/** Where everything is that has to stay there: the frame's parts and the panel's rows. */
function boxes(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll('.frame > *, .frame-panel > :not(button), .frame-panel header > span:first-child'),
    ].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return `${element.tagName} ${[x, y, width, height].map(Math.round).join(' ')}`;
    }),
  );
}

/** Texts of the panel that are not wholly to be seen. */
function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // Letters are taller than their line; that alone hides nothing.
    const hides = (e: Element) => getComputedStyle(e).overflowY !== 'visible' && e.querySelector('output') === null;
    return [...document.querySelectorAll('.frame-panel > *, .frame-panel output, .frame-panel h1, .frame-panel button')]
      .filter((e) => e.scrollWidth > e.clientWidth + 1 || (hides(e) && e.scrollHeight > e.clientHeight + 1))
      .map(
        (e) => `${e.tagName}: ${e.textContent} ${e.scrollWidth}/${e.clientWidth} ${e.scrollHeight}/${e.clientHeight}`,
      );
  });
}

/** A line to the terminal that the test can cut: sockets close, and none opens until it is mended. */
function breakableLine() {
  let isDown = false;
  const cuts = new Set<() => Promise<void>>();
  return {
    prepare: (page: Page) =>
      page.routeWebSocket('**/rpc', (socket) => {
        if (isDown) return void socket.close({ code: 1001 });
        socket.connectToServer();
        cuts.add(() => socket.close({ code: 1001 }));
      }),
    async cut() {
      isDown = true;
      await Promise.all([...cuts].map((cut) => cut()));
      cuts.clear();
    },
    mend() {
      isDown = false;
    },
  };
}
