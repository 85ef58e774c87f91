import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

interface Ceremony {
	challenge: string;
	origin?: string;
	rpId?: string;
	/** What the device says how often it was used. */
	counter?: number;
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest();
const flags = { present: 1, verified: 4, withKey: 0x40 };

/** A device with one key (ES256), as WebAuthn level 3 lays its bytes out. It claims whatever a test tells it to. */
export function createSoftPasskey(from: { origin: string; rpId: string }) {
	const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	const { x = "", y = "" } = publicKey.export({ format: "jwk" });
	const credentialId = randomBytes(16);
	const id = credentialId.toString("base64url");

	const clientData = (type: string, { challenge, origin = from.origin }: Ceremony) =>
		Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
	const deviceData = ({ rpId = from.rpId, counter = 0 }: Ceremony, more: number) => {
		const count = Buffer.alloc(4);
		count.writeUInt32BE(counter);
		return Buffer.concat([sha256(rpId), Buffer.from([flags.present | flags.verified | more]), count]);
	};

	return {
		id,
		/** What a browser answers when the key is made. */
		make: (ceremony: Ceremony) => {
			// CBOR of {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
			const cose = Buffer.concat([
				Buffer.from("a5010203262001215820", "hex"),
				Buffer.from(x, "base64url"),
				Buffer.from("225820", "hex"),
				Buffer.from(y, "base64url"),
			]);
			const aaguid = Buffer.alloc(16);
			const key = [aaguid, Buffer.from([0, credentialId.length]), credentialId, cose];
			const data = Buffer.concat([deviceData(ceremony, flags.withKey), ...key]);
			// CBOR of {fmt: "none", attStmt: {}, authData: data}.
			const start = "a363666d74646e6f6e656761747453746d74a0686175746844617461";
			const attestation = Buffer.concat([Buffer.from(start, "hex"), Buffer.from([0x58, data.length]), data]);
			return {
				id,
				response: {
					clientDataJSON: clientData("webauthn.create", ceremony).toString("base64url"),
					attestationObject: attestation.toString("base64url"),
					transports: ["internal"],
				},
			};
		},
		/** What a browser answers when the key signs. */
		sign: (ceremony: Ceremony) => {
			const client = clientData("webauthn.get", ceremony);
			const data = deviceData(ceremony, 0);
			const signature = sign("sha256", Buffer.concat([data, sha256(client)]), privateKey);
			return {
				id,
				response: {
					clientDataJSON: client.toString("base64url"),
					authenticatorData: data.toString("base64url"),
					signature: signature.toString("base64url"),
				},
			};
		},
	};
}
