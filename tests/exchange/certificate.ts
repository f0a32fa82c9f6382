import { generate } from 'selfsigned';

export interface Certificate {
	readonly key: string;
	readonly cert: string;
}

/** A new self-signed certificate for the loopback names, good for a week. Browsers must be told to accept it. */
export async function makeCertificate(): Promise<Certificate> {
	const made = await generate([{ name: 'commonName', value: 'localhost' }], {
		keyType: 'ec',
		algorithm: 'sha256',
		notAfterDate: new Date(Date.now() + 7 * 24 * 3600 * 1000),
		extensions: [
			{
				name: 'subjectAltName',
				altNames: [
					{ type: 2, value: 'localhost' },
					{ type: 7, ip: '127.0.0.1' },
					{ type: 7, ip: '::1' }
				]
			}
		]
	});
	return { key: made.private, cert: made.cert };
}
