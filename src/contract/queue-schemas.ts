import * as z from 'zod';
import { Sum } from './money-schemas.ts';
import { VerifyView } from './offline-schemas.ts';
import { MANAGER_MAX, WHY_MAX } from './queue-limits.ts';
import { RefundReasonSchema } from './refund-schemas.ts';
import { EpochMs, Money, ReasonSchema } from './schemas.ts';
import { typedWords } from './typed-words.ts';

export const TaskRef = z.object({ taskId: z.string().min(1).max(128) });

/** Something still owed. Kinds of a newer terminal show as what they are called. */
export const TaskView = z.object({
  taskId: z.string(),
  kind: z.string(),
  saleId: z.string().optional(),
  saleNumber: z.string().optional(),
  outTradeNo: z.string().optional(),
  /** 0 for paper. */
  amountFen: Money,
  createdAt: EpochMs,
  /** When its next step is due. */
  notBefore: EpochMs.optional(),
  attempts: z.int(),
  /** What the back office said to a report that it refused: "HTTP 422: unknown store". */
  said: z.string().optional(),
  /** Why it is not done yet, when that is one of the till's own reasons. */
  reason: ReasonSchema.shape.code.optional(),
  /** The same of a refund. */
  refundReason: RefundReasonSchema.shape.code.optional(),
  /** A payment that the gateway will not reverse and whose money it surely holds: it can be refunded. */
  canTakeBack: z.literal(true).optional(),
  /** Of kind `verify`: the payment on the static code that waits for proof. */
  verify: VerifyView.optional(),
  /** open: the terminal works on it. human: only a person can decide. */
  state: z.enum(['open', 'human']),
});

/** Those that wait, and those that were refused: only the latter are among the tasks. */
export const UploadsView = z.object({
  /** False: reports are switched off, and what is owed from before stays where it is. */
  on: z.boolean(),
  waiting: z.int(),
  refused: z.int(),
  /** When the oldest that waits became certain. */
  oldestAt: EpochMs.optional(),
  /** Why that one has not arrived yet: a status, or a short code such as ECONNREFUSED. */
  lastError: z.string().optional(),
});

export const QueueView = z.object({
  /** Payments that are not certain, and the money that hangs on them. Receipts are in `tasks` alone. */
  count: z.int(),
  amountFen: Money,
  oldestAt: EpochMs.optional(),
  /** Accepted on the static code and not proven: apart from all of the above. Absent when there is none. */
  toVerify: Sum.optional(),
  /** How many of them wait for a person. */
  humanCount: z.int(),
  /** While several settle one after another: so many are off the list since it was last empty. */
  draining: z.object({ done: z.int(), total: z.int() }).optional(),
  /** Closed by a manager without certainty, of whatever day; in no total of what was received. */
  givenUp: z.object({ count: z.int(), amountFen: Money }),
  /** Reports that the back office is owed; absent when it is owed none. No money hangs on them. */
  uploads: UploadsView.optional(),
  /** Oldest first, at most 200: what is owed for money and paper, then reports that were refused. */
  tasks: z.array(TaskView),
});

export const GiveUpOrder = TaskRef.extend({ manager: typedWords(MANAGER_MAX), reason: typedWords(WHY_MAX) });
