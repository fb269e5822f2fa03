import type { DeviceFault } from './device-fault.ts';

/** A line to a device for as long as one job takes: bytes out, and answers in if the device can speak. */
export interface Link {
  /** False: there is nobody at the other end who could answer, as with a plain file. */
  readonly answers: boolean;
  /** Bytes that the system has taken or may have. While 0, the device has surely got nothing. */
  taken(): number;
  /**
   * Resolves when the system has taken every byte.
   * @throws DeviceFault when it cannot, or when the signal aborts first.
   */
  write(bytes: Uint8Array, signal: AbortSignal): Promise<void>;
  /** Everything the device says goes to this one listener. Until there is one, it is thrown away. */
  listen(listener: (bytes: Uint8Array) => void): void;
  /** Resolves when the line has come to an end: with why when it broke, with nothing when the other side hung up. */
  readonly ended: Promise<DeviceFault | undefined>;
  /** Ends the line in such a way that what was taken still arrives. Resolves when it is gone; bounded. */
  close(): Promise<void>;
  /** Drops the line at once. Only when nothing that matters was written. Resolves when it is gone. */
  abandon(): Promise<void>;
}

/** Opens lines to one device, one at a time. */
export interface LinkSource {
  /** @throws DeviceFault when the device is not there, is not ours, or the signal aborts first. */
  open(signal: AbortSignal): Promise<Link>;
  close(): Promise<void>;
}
