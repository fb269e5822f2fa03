import { Button } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMessages } from '../i18n/messages.ts';
import { HELD_KEY, STATIC_KEY } from '../keys.ts';
import { useTill } from '../till-context.ts';
import { svgImage } from '../ui/svg-image.ts';
import type { Action, Actions } from './actions.ts';
import { AmountDisplay } from './amount-display.tsx';
import { Countdown } from './countdown.tsx';
import { PaidReceipt } from './paid-receipt.tsx';
import type { PanelContent } from './panel-content.ts';
import { StateIcon } from './state-icon.tsx';
import styles from './state-panel.module.css';
import { TenderKeys } from './tender-keys.tsx';
import type { Panel } from './use-panel.ts';

interface StatePanelProps {
  readonly panel: Panel;
  /** What a button that opens a panel opens. */
  readonly onPanel: Readonly<Record<'held' | 'static', () => void>>;
  /** The receipt in the panel was pressed. */
  readonly onReceipt: (saleId: string) => void;
}

/** The answer to "has the money come in?", readable from two metres. Every part has its fixed place. */
export function StatePanel({ panel, onPanel, onReceipt }: StatePanelProps) {
  const { content, actions, said, wait } = panel;
  const words = useMessages();
  return (
    <section
      className={`${styles.panel} frame-panel`}
      data-tone={content.tone}
      data-state={content.state}
      data-qr={content.qrSvg !== undefined}
    >
      <header className={styles.head}>
        <StateIcon state={content.state} />
        <h1 className={styles.word} aria-live="assertive">
          {content.word}
        </h1>
        {wait !== undefined && (
          <Countdown waitId={wait.id} until={wait.until} look={content.state === 'password' ? 'ring' : 'quiet'} />
        )}
      </header>
      <AmountDisplay amount={content.amount} label={words.amount.label} />
      <p className={styles.detail}>
        <span>{content.detail}</span>
        {content.code !== undefined && <span className={styles.code}>{content.code}</span>}
      </p>
      <PanelLines lines={content.lines} quick={content.state === 'tender'} />
      <p className={styles.notice} role="status" data-filled={said !== undefined}>
        {said !== undefined && <IconInfoCircle aria-hidden="true" />}
        <span>{said}</span>
      </p>
      <PanelActions actions={actions} onPanel={onPanel} />
      {content.qrSvg !== undefined && <img className={styles.qr} src={svgImage(content.qrSvg)} alt={words.qr.alt} />}
      {content.paidSaleId !== undefined && (
        <PaidReceipt key={content.paidSaleId} saleId={content.paidSaleId} onOpen={onReceipt} />
      )}
    </section>
  );
}

function PanelLines({ lines, quick }: Pick<PanelContent, 'lines'> & { readonly quick: boolean }) {
  return (
    <div className={styles.lines}>
      {lines.map(({ text, strong }) => (
        <p key={text} className={strong ? styles.strong : undefined}>
          {text}
        </p>
      ))}
      {quick && <TenderKeys />}
    </div>
  );
}

function PanelActions({ actions, onPanel }: { readonly actions: Actions } & Pick<StatePanelProps, 'onPanel'>) {
  const { enter, cancel, qr, cash, panels = [], stepBack } = actions;
  const words = useMessages().offline;
  // While keying, the wide key beside the panel says the same and is larger.
  const first = enter?.label === 'charge' ? undefined : (enter ?? cancel);
  return (
    <div
      className={styles.actions}
      data-three={first !== undefined && cash !== undefined}
      data-four={panels.length > 0}
      data-five={qr !== undefined && panels.length > 0}
    >
      {first ? <ActionButton action={first} look={first === enter ? 'filled' : 'outlined'} /> : !cash && <span />}
      {qr && <ActionButton action={qr} look="outlined" />}
      {cash && <ActionButton action={cash} look="outlined" />}
      {panels.map((panel) => (
        <PanelButton key={panel} name={panel} label={words[panel].open} onOpen={onPanel[panel]} />
      ))}
      {stepBack ? <ActionButton action={stepBack} look="outlined" /> : <span />}
    </div>
  );
}

const KEY_NAMES: Readonly<Partial<Record<Action['key'], string>>> = {
  Enter: '⏎',
  Escape: 'Esc',
  Cancel: 'F4',
  Cash: 'F2',
  Qr: 'F6',
  PrintQr: 'F7',
};

interface PanelButtonProps {
  readonly name: 'held' | 'static';
  readonly label: string;
  readonly onOpen: () => void;
}

function PanelButton({ name, label, onOpen }: PanelButtonProps) {
  return (
    <Button
      variant="transparent"
      className={styles.action ?? ''}
      data-look="outlined"
      data-panel={name}
      rightSection={<kbd className={styles.keyName}>{name === 'held' ? HELD_KEY : STATIC_KEY}</kbd>}
      onClick={onOpen}
    >
      {label}
    </Button>
  );
}

function ActionButton({ action, look }: { readonly action: Action; readonly look: 'filled' | 'outlined' }) {
  const { desk } = useTill();
  const words = useMessages();
  return (
    <Button
      variant="transparent"
      className={styles.action ?? ''}
      data-look={action.armed ? 'armed' : look}
      data-action={action.key}
      rightSection={<kbd className={styles.keyName}>{KEY_NAMES[action.key]}</kbd>}
      onClick={() => desk.press(action.key)}
    >
      {words.action[action.label]}
    </Button>
  );
}
