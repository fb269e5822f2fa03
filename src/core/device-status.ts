export type DeviceState =
  | 'ready'
  /** Being opened, or waited for. */
  | 'opening'
  /** Not there: unplugged, switched off, or no such name. */
  | 'missing'
  /** Another program holds it. */
  | 'busy'
  /** The operating system does not let us. */
  | 'denied'
  | 'paper-out'
  | 'cover-open'
  /** It is there and misbehaves: `detail` says how. */
  | 'faulty'
  /** None configured. */
  | 'none';

export interface DeviceStatus {
  readonly kind: 'scanner' | 'printer';
  /** As a person would call it, with where it is: "serial:/dev/ttyUSB0@9600". */
  readonly name: string;
  readonly state: DeviceState;
  /** For support, in the system's own words. */
  readonly detail?: string;
}
