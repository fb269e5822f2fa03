export type HostName = 'electron' | 'kiosk';

/** What the choice of a host hangs on. */
export interface HostFacts {
  readonly requested: HostName | 'auto';
  /** Electron's executable, when it is on this machine. */
  readonly electronBinary: string | undefined;
  readonly hasDisplay: boolean;
  readonly isRoot: boolean;
}

export interface HostDecision {
  readonly host: HostName;
  /** For the line that says what was chosen. */
  readonly why: string;
}

/**
 * Electron where it can run, else the kiosk host, which runs everywhere. Nothing is ever downloaded for the choice.
 *
 * @throws HostUnavailable when Electron was asked for and cannot run.
 */
export function decideHost({ requested, electronBinary, hasDisplay, isRoot }: HostFacts): HostDecision {
  if (requested === 'kiosk') return { host: 'kiosk', why: 'asked for' };

  const obstacle = obstacleTo(electronBinary, hasDisplay, isRoot);
  if (obstacle === undefined) {
    return { host: 'electron', why: requested === 'electron' ? 'asked for' : 'its binary and a display are here' };
  }
  if (requested === 'electron') throw new HostUnavailable(obstacle);
  return { host: 'kiosk', why: obstacle };
}

/** Electron was asked for by name and cannot run: the message says why and what to do. */
export class HostUnavailable extends Error {
  override name = 'HostUnavailable';

  constructor(obstacle: string) {
    super(
      `Electron cannot be used: ${obstacle}. No payment was sent. Run "npx install-electron" to fetch its binary, or start the kiosk host with "saoma kiosk".`,
    );
  }
}

function obstacleTo(electronBinary: string | undefined, hasDisplay: boolean, isRoot: boolean): string | undefined {
  if (electronBinary === undefined) return "Electron's binary is not on this machine";
  if (!hasDisplay) return 'there is no display for Electron';
  // As root Electron would have to give up its sandbox, which it is here for.
  if (isRoot) return 'Electron does not run as root';
  return undefined;
}
