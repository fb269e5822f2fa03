import * as z from 'zod';
import { fen } from '../core/money.ts';

/** ¥1,000,000.00: more than any lesson needs, and far from the end of safe integers however often it is put in. */
const PUT_IN_MAX_FEN = 100_000_000;

const PurseFen = z.int().min(0).max(PUT_IN_MAX_FEN).transform(fen);
const Openid = z.string().min(1).max(64);
const Id = z.string().min(1).max(64);

/**
 * What a trainer may ask of a simulator that runs: the bodies of `POST /api/NAME`, by name. docs/simulator.md says what
 * each does.
 */
export const SIMULATOR_CALLS = {
  'open-wallet': z.strictObject({ name: z.string().trim().min(1).max(32), balanceFen: PurseFen }),
  'top-up': z.strictObject({ openid: Openid, amountFen: PurseFen }),
  'show-code': z.strictObject({ openid: Openid.exactOptional(), scenario: Id }),
  'come-to-pay': z.strictObject({ outTradeNo: Id, openid: Openid.exactOptional(), scenario: Id }),
  'tell-customer': z.strictObject({
    outTradeNo: Id,
    mind: z.enum(['pays', 'pays-late', 'cancels', 'leaves']),
    /** From now until a customer who pays late has typed the password. */
    lateMs: z.int().min(1).max(600_000).default(50_000),
  }),
  'switch-fault-on': z.strictObject({
    endpoint: Id,
    fault: Id,
    when: z.strictObject({ kind: z.enum(['next', 'every']), calls: z.int().min(1).max(1_000) }),
  }),
  'switch-fault-off': z.strictObject({ id: z.int() }),
  /** Faults thrown by a seed; null ends them. */
  'set-fault-plan': z.strictObject({
    plan: z
      .strictObject({
        seed: z.int().min(0).max(0xffff_ffff),
        rate: z.number().min(0).max(1),
        customers: z.number().min(0).max(1).default(0),
      })
      .nullable(),
  }),
} as const;

export type SimulatorCallName = keyof typeof SIMULATOR_CALLS;
export type SimulatorCallInput<Name extends SimulatorCallName> = z.input<(typeof SIMULATOR_CALLS)[Name]>;
export type SimulatorCall<Name extends SimulatorCallName> = z.output<(typeof SIMULATOR_CALLS)[Name]>;
