import type * as z from 'zod';
import type * as queue from './queue-schemas.ts';
import type * as schemas from './schemas.ts';

/* The contract's shapes by name, for those who build or show them. */
export type TillView = z.output<typeof schemas.TillView>;
export type PaymentView = z.output<typeof schemas.PaymentView>;
export type CashView = z.output<typeof schemas.CashView>;
export type Notice = z.output<typeof schemas.Notice>;
export type NoticeCode = Notice['code'];
export type SaleRow = z.output<typeof schemas.SaleRow>;
export type SalesView = z.output<typeof schemas.SalesView>;
export type SaleStory = z.output<typeof schemas.SaleStory>;
export type StoryLine = z.output<typeof schemas.StoryLine>;
export type StatusView = z.output<typeof schemas.StatusView>;
export type HostLineView = z.output<typeof schemas.HostLineView>;
export type DeviceView = z.output<typeof schemas.DeviceView>;
export type Paper = z.output<typeof schemas.Paper>;
export type Scenario = z.output<typeof schemas.Scenario>;
export type QueueView = z.output<typeof queue.QueueView>;
export type TaskView = z.output<typeof queue.TaskView>;
export type UploadsView = z.output<typeof queue.UploadsView>;
