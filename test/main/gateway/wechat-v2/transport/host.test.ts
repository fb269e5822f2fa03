import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../../src/core/secret.ts';
import { startStub } from '../support/stub-gateway.ts';
import { answer, PAY, QUERY, REPLY, REVERSE, transportBench } from '../support/transport-bench.ts';

const bench = transportBench();

describe('the client certificate', () => {
  it('is shown on certified calls only', async () => {
    const { clientCertPem: certPem, clientKeyPem } = bench.certificates;
    const clientCertificate = { certPem, keyPem: new Secret(clientKeyPem), subject: '', expiresAt: 0 };
    await using stub = await startStub(bench.certificates, answer);
    const transport = bench.open([stub.baseUrl], { clientCertificate });
    for (const call of [PAY, REVERSE, QUERY, REVERSE]) expect(await transport.send(call)).toEqual(REPLY);
    expect(stub.calls.map(({ clientName }) => clientName)).toEqual([undefined, '10000100', undefined, '10000100']);
    expect(stub.connections()).toBe(2);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'missing, by %s, is not-sent or unknown, and its detail tells why',
    async (version) => {
      const options = { rejectUnauthorized: true, minVersion: version, maxVersion: version };
      await using stub = await startStub(bench.certificates, answer, options);
      const outcome = await bench.open([stub.baseUrl]).send(REVERSE);
      expect(outcome).toMatchObject({
        outcome: version === 'TLSv1.2' ? 'not-sent' : 'unknown',
        detail: expect.stringMatching(/ALERT/),
      });
      expect(stub.calls).toHaveLength(0);
    },
  );
});
