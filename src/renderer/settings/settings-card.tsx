import { ActionIcon, Paper, SegmentedControl, Slider } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMessages } from '../i18n/messages.ts';
import { SignOut } from '../leaving/sign-out.tsx';
import { useLive } from '../live/use-live.ts';
import { useTill } from '../till-context.ts';
import { BackupNow } from './backup-now.tsx';
import { THEMES } from './settings.ts';
import styles from './settings-card.module.css';

/** What a cashier may choose for this window: language, light, loudness. Takes effect at once. */
export default function SettingsCard({ onClose }: { readonly onClose: () => void }) {
  const { settings: words, backup } = useMessages();
  const { settings, player, feed, signOut } = useTill();
  const status = useLive(feed.status);
  const { language, theme, volume } = useLive(settings);
  const card = useClickOutside(onClose, ['pointerdown']);
  return (
    <Paper ref={card} className={styles.card ?? ''} role="dialog" aria-label={words.open}>
      <Field label={words.language}>
        <Choice
          value={language}
          onChange={(chosen) => settings.change({ language: chosen })}
          options={[
            ['zh-CN', '中文'],
            ['en', 'English'],
          ]}
        />
      </Field>
      <Field label={words.theme}>
        <Choice
          value={theme}
          onChange={(chosen) => settings.change({ theme: chosen })}
          options={THEMES.map((name) => [name, words[name]] as const)}
        />
      </Field>
      <Field label={words.volume}>
        <Slider
          className={styles.volume ?? ''}
          value={Math.round(volume * 100)}
          onChange={(percent) => settings.change({ volume: percent / 100 })}
          min={0}
          max={100}
          step={10}
          size="lg"
          radius="62.5rem"
          label={(percent) => (percent === 0 ? words.muted : `${percent}%`)}
          thumbLabel={words.volume}
          thumbSize="1.75rem"
        />
        <ActionIcon
          className={styles.test ?? ''}
          variant="default"
          size="3rem"
          aria-label={words.test}
          onClick={() => player.play('paid', volume)}
        >
          <IconPlayerPlayFilled />
        </ActionIcon>
      </Field>
      <Field label={backup.name}>{status && <BackupNow backup={status.backup} />}</Field>
      {signOut && <SignOut onSignOut={signOut} />}
      <p className={styles.about}>{status && words.about(status.version, `${status.storeId}-${status.terminalId}`)}</p>
    </Paper>
  );
}

function Field({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles.field}>
      <span className={styles.label}>{label}</span>
      {children}
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly value: T;
  readonly onChange: (chosen: T) => void;
  readonly options: readonly (readonly [value: T, label: string])[];
}

function Choice<T extends string>({ value, onChange, options }: ChoiceProps<T>) {
  return (
    <SegmentedControl
      className={styles.choice ?? ''}
      fullWidth
      value={value}
      onChange={onChange}
      transitionDuration={120}
      data={options.map(([name, label]) => ({ value: name, label }))}
    />
  );
}
