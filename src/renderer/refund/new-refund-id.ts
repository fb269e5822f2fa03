/** 32 hexadecimal digits at random: made once for each form, so that a second press asks for the same refund. */
export function newRefundId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
