import { AppointedError } from '@appointed/core';
import { describe, expect, it, vi } from 'vitest';

const server = { httpStatus: 500, code: 'ErrorServerBusy', requestId: 'abc', backOffMs: 5000 };
const cause = new Error('socket');
const error = new AppointedError('server_busy', 'not now', {
  mailbox: 'alfred@contoso.com',
  field: 'start',
  row: 3,
  hint: 'Wait.',
  server,
  cause,
});

describe('AppointedError', () => {
  it('shows its code in the message', () => {
    expect(error.message).toBe('[server_busy] not now');
    expect(String(error)).toBe('AppointedError: [server_busy] not now');
    expect(error).toBeInstanceOf(Error);
    expect(error.cause).toBe(cause);
  });

  it('is recognised across two copies of the package', async () => {
    vi.resetModules();
    const copy = await import('@appointed/core');
    const other = new copy.AppointedError('server_busy', 'not now');
    expect(other).not.toBeInstanceOf(AppointedError);
    expect(AppointedError.is(other)).toBe(true);
    expect(copy.AppointedError.is(error)).toBe(true);
  });

  it.each([undefined, null, 'server_busy', new Error('server_busy'), { code: 'server_busy' }])('is not %s', (value) => {
    expect(AppointedError.is(value)).toBe(false);
  });

  it('becomes JSON without stack and cause', () => {
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'server_busy',
      message: '[server_busy] not now',
      mailbox: 'alfred@contoso.com',
      field: 'start',
      row: 3,
      hint: 'Wait.',
      server,
    });
    expect(JSON.parse(JSON.stringify(new AppointedError('aborted', 'enough')))).toEqual({
      code: 'aborted',
      message: '[aborted] enough',
    });
  });

  it('can be made to name a mailbox, and keeps the rest', () => {
    const about = new AppointedError('end_before_start', 'end is early', { field: 'end', cause }).about(
      'a@contoso.com',
    );
    expect(about).toMatchObject({ code: 'end_before_start', field: 'end', mailbox: 'a@contoso.com', cause });
    expect(about.message).toBe('[end_before_start] a@contoso.com: end is early');
  });
});
