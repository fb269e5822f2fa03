import * as z from 'zod';
import { SaleAmount } from './money-schemas.ts';

/** A QR code as a picture: the text of an SVG of black on white, quiet zone included. */
export const QrView = z.object({ svg: z.string() });

/** `amountFen` is what the cashier saw. */
export const QrOrder = z.object({ amountFen: SaleAmount });
