import { homedir } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { createOutput, type Output } from './commands/output.ts';
import type { SimulatorCommand } from './commands/simulator.ts';
import { defaultDataDir } from './launch/data-dir.ts';
import { VERSION } from './version.ts';

/*
 * The `saoma` command. Each command is loaded when it is called, so that `saoma sell` pays for nothing it does not use.
 * A command returns its exit status; what it throws is said in three lines and ends it with 2.
 */

interface Flags {
  readonly data?: string;
  readonly json?: boolean;
  readonly scanner?: string;
  readonly printer?: string;
}

const DATA = [
  '--data <dir>',
  'everything this terminal keeps (default: SAOMA_DATA, else a folder of your own)',
] as const;
const JSON_LINES = ['--json', 'print JSON lines for machines'] as const;
const SCANNER = ['--scanner <target>', 'serial:/dev/ttyUSB0@9600, virtual or none'] as const;
const PRINTER = ['--printer <target>', 'tcp:HOST:9100, file:/dev/usb/lp0, virtual or none'] as const;

// What a till writes is its owner's to read and nobody else's.
process.umask(0o077);

const program = new Command('saoma')
  .description("扫码 · The cashier's terminal for WeChat Pay")
  .version(VERSION)
  .showHelpAfterError();

program
  .command('start')
  .description('open the till: in Electron where it can run, else in a browser window')
  .option(...DATA)
  .option('--host <host>', 'electron, kiosk or auto', 'auto')
  .option('--port <port>', 'kiosk host: the port on 127.0.0.1', portNumber, 0)
  .option('--no-open', 'kiosk host: print the link and open no window')
  .option('--fullscreen', 'the whole screen, nothing else')
  .option(...SCANNER)
  .option(...PRINTER)
  .action(async (flags: Flags & { host: string; port: number; open: boolean; fullscreen?: boolean }) => {
    await run(flags, async (output) => {
      const { start } = await import('./commands/start.ts');
      return start({ ...flags, dataDir: dataDirOf(flags) }, output);
    });
  });

program
  .command('kiosk')
  .description('the till for a browser: serves the screens on 127.0.0.1')
  .option(...DATA)
  .option('--port <port>', 'the port on 127.0.0.1', portNumber, 0)
  .option('--no-open', 'print the link and open no window')
  .option('--fullscreen', 'the whole screen, nothing else')
  .option(...SCANNER)
  .option(...PRINTER)
  .action(async (flags: Flags & { port: number; open: boolean; fullscreen?: boolean }) => {
    await run(flags, async (output) => {
      const { kiosk } = await import('./commands/kiosk.ts');
      return kiosk({ ...flags, dataDir: dataDirOf(flags) }, output);
    });
  });

program
  .command('sell')
  .description('one sale without a screen: waits for a scan, ends 0 only when paid')
  .requiredOption('--amount <yuan>', 'such as 12.30')
  .option(...DATA)
  .option(...SCANNER)
  .option(...PRINTER)
  .option(...JSON_LINES)
  .action(async (flags: Flags & { amount: string }) => {
    await run(flags, async (output) => {
      const { sell } = await import('./commands/sell.ts');
      return sell({ ...flags, dataDir: dataDirOf(flags) }, output);
    });
  });

program
  .command('simulator')
  .description('a WeChat Pay of your own on 127.0.0.1, for demos, training and tests')
  .option('--port <port>', 'TLS', portNumber, 0)
  .option('--plain-port <port>', 'HTTP without TLS', portNumber)
  .option('--control-port <port>', 'a page for the trainer, and its API: be the customers, break the line', portNumber)
  .option('--key <key>', 'the APIv2 key, 32 characters')
  .option('--appid <appid>', 'the appid it knows')
  .option('--mch-id <mchid>', 'the merchant it knows')
  .option('--data <dir>', 'where its ledger is kept; in memory when left out')
  .option('--cert-dir <dir>', 'where it writes its CA and a client certificate, PEM and .p12')
  .option('--fee-basis-points <n>', 'the merchant’s fee in hundredths of a percent (60)', wholeNumber)
  .option('--bills-at-once', 'give any day’s bill at any time, not only after ten the next morning')
  .option('--rules <file>', 'a JSON file of rules: which calls go differently')
  .option('--fault-seed <seed>', 'faults at random, the same for the same seed', wholeNumber)
  .option('--fault-rate <share>', 'the share of calls that go wrong, 0 to 1 (0.2)', share)
  .option('--fault-customers <share>', 'the share of customers who do something else than pay (0)', share)
  .action(async (flags: SimulatorCommand) => {
    await run({}, async () => {
      const { simulator } = await import('./commands/simulator.ts');
      return simulator(flags);
    });
  });

program
  .command('verify')
  .description('check the books: the hash chain of the journal, and every projection against it')
  .option(...DATA)
  .option(...JSON_LINES)
  .action(async (flags: Flags) => {
    await run(flags, async (output) => {
      const { verify } = await import('./commands/verify.ts');
      return verify(dataDirOf(flags), output);
    });
  });

program
  .command('rebuild')
  .description('remake every projection from the journal')
  .option(...DATA)
  .option(...JSON_LINES)
  .action(async (flags: Flags) => {
    await run(flags, async (output) => {
      const { rebuild } = await import('./commands/verify.ts');
      return rebuild(dataDirOf(flags), output);
    });
  });

program
  .command('queue')
  .description('what is not settled yet; ends 0 when all is')
  .option(...DATA)
  .option(...JSON_LINES)
  .action(async (flags: Flags) => {
    await run(flags, async (output) => {
      const { queue } = await import('./commands/queue.ts');
      return queue(dataDirOf(flags), output);
    });
  });

program
  .command('backup')
  .description('a checked copy of the books, beside a till that is running or not')
  .option(...DATA)
  .option('--to <dir>', 'the folder it goes to (default: backup.folder of the settings)')
  .option(...JSON_LINES)
  .action(async (flags: Flags & { to?: string }) => {
    await run(flags, async (output) => {
      const { backup } = await import('./commands/backup.ts');
      return backup({ dataDir: dataDirOf(flags), to: flags.to }, output);
    });
  });

program
  .command('sync')
  .description('settle now what is not settled yet; ends 0 only when all is')
  .option('--timeout <seconds>', 'leave the rest to the next start after this', wholeNumber, 120)
  .option(...DATA)
  .option(...JSON_LINES)
  .action(async (flags: Flags & { timeout: number }) => {
    await run(flags, async (output) => {
      const { sync } = await import('./commands/sync.ts');
      return sync({ dataDir: dataDirOf(flags), timeoutSeconds: flags.timeout }, output);
    });
  });

program
  .command('restore')
  .description('put a backup in the place of lost or damaged books, which are kept aside')
  .requiredOption('--from <path>', 'a backup, or the folder whose newest sound one is taken')
  .option('--force', "also another terminal's, or over books that are whole or do not continue it")
  .option(...DATA)
  .option(...JSON_LINES)
  .action(async (flags: Flags & { from: string; force?: boolean }) => {
    await run(flags, async (output) => {
      const { restore } = await import('./commands/restore.ts');
      return restore({ dataDir: dataDirOf(flags), from: flags.from, force: flags.force === true }, output);
    });
  });

program
  .command('stop')
  .description('close the till that runs; while something is not settled only with --yes')
  .option('--yes', 'also while something is not settled')
  .option(...DATA)
  .option(...JSON_LINES)
  .action(async (flags: Flags & { yes?: boolean }) => {
    await run(flags, async (output) => {
      const { stop } = await import('./commands/stop.ts');
      return stop({ dataDir: dataDirOf(flags), yes: flags.yes === true }, output);
    });
  });

program
  .command('leave')
  .description('may the till be left? ends 0 when all is settled, 1 with the exact amounts when not')
  .addOption(new Option('--for <reason>', 'what for').choices(['close', 'update', 'reset']).default('close'))
  .option(...DATA)
  .option(...JSON_LINES)
  .action(async (flags: Flags & { for: 'close' | 'update' | 'reset' }) => {
    await run(flags, async (output) => {
      const { leave } = await import('./commands/leave.ts');
      return leave({ dataDir: dataDirOf(flags), reason: flags.for }, output);
    });
  });

program
  .command('reset')
  .description(
    'begin anew: a last backup, then the old data folder is moved aside; refused while anything is unsettled',
  )
  .option('--yes', "do not ask for the store's number")
  .option(...DATA)
  .option(...JSON_LINES)
  .action(async (flags: Flags & { yes?: boolean }) => {
    await run(flags, async (output) => {
      const { reset } = await import('./commands/reset.ts');
      return reset({ dataDir: dataDirOf(flags), yes: flags.yes === true }, output);
    });
  });

program
  .command('doctor')
  .description('what works on this machine, and how to mend what does not')
  .option(...DATA)
  .option(...SCANNER)
  .option(...PRINTER)
  .option(...JSON_LINES)
  .action(async (flags: Flags) => {
    await run(flags, async (output) => {
      const { doctor } = await import('./commands/doctor.ts');
      return doctor({ ...flags, dataDir: dataDirOf(flags) }, output);
    });
  });

await program.parseAsync();

async function run(flags: Flags, command: (output: Output) => Promise<number> | number): Promise<void> {
  const output = createOutput(flags.json === true);
  try {
    process.exitCode = await command(output);
  } catch (error) {
    output.fail(error);
    process.exitCode = 2;
  }
}

function dataDirOf({ data }: Flags): string {
  return data ?? defaultDataDir(process.env, process.platform, homedir());
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('a port is 0 to 65535');
  return port;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('a whole number');
  return Number(text);
}

function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('a share is 0 to 1');
  return value;
}
