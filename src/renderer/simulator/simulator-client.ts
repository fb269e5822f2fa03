import type { SimulatorCallInput, SimulatorCallName } from '../../contract/simulator-calls.ts';
import type { SimulatorText, SimulatorView } from '../../contract/simulator-view.ts';
import { createCell, type Live } from '../live/cell.ts';

/** From one look at the simulator to the next. */
const LOOK_EVERY_MS = 700;

/** What is known of the simulator, and whether it still answers. */
export interface Sight {
  /** Undefined until the first answer. */
  readonly view: SimulatorView | undefined;
  readonly isLost: boolean;
  /** Why the last call was refused; undefined when it was not. */
  readonly refusal: SimulatorText | undefined;
}

export interface SimulatorClient {
  readonly sight: Live<Sight>;
  /** The answer, or undefined when the simulator refused or is gone: then the sight says why. */
  call<Name extends SimulatorCallName>(name: Name, body: SimulatorCallInput<Name>): Promise<unknown>;
}

/** Looks again and again, and at once after each call. */
export function followSimulator(page: Pick<Window, 'fetch' | 'setTimeout' | 'clearTimeout'>): SimulatorClient {
  const sight = createCell<Sight>({ view: undefined, isLost: false, refusal: undefined });
  let looking: Promise<void> | undefined;
  let timer = 0;

  function look(): Promise<void> {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
      page.clearTimeout(timer);
      timer = page.setTimeout(look, LOOK_EVERY_MS);
    });
    return looking;
  }

  async function lookOnce(): Promise<void> {
    try {
      const response = await page.fetch('api/view');
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const view: SimulatorView = await response.json();
      sight.set({ ...sight.get(), view, isLost: false });
    } catch {
      sight.set({ ...sight.get(), isLost: true });
    }
  }

  void look();
  return {
    sight,
    async call(name, body) {
      try {
        const headers = { 'content-type': 'application/json' };
        const response = await page.fetch(`api/${name}`, { method: 'POST', headers, body: JSON.stringify(body) });
        const answer: unknown = await response.json();
        sight.set({ ...sight.get(), refusal: response.ok ? undefined : refusalIn(answer) });
        // One look may be under way from before the call.
        await looking;
        await look();
        return response.ok ? answer : undefined;
      } catch {
        sight.set({ ...sight.get(), isLost: true });
        return undefined;
      }
    },
  };
}

function refusalIn(answer: unknown): SimulatorText {
  const hasTexts = typeof answer === 'object' && answer !== null && 'zh' in answer && 'en' in answer;
  return hasTexts ? { zh: String(answer.zh), en: String(answer.en) } : { zh: '模拟器拒绝了。', en: 'Refused.' };
}
