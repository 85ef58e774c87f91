import { expect, it } from "vitest";
import { makeSecret, rotated, signatureHeaders } from "./sign";

/** The example that implementations of Standard Webhooks share. */
const example = {
	secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
	id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
	body: '{"test": 2432232314}',
	now: new Date(1614265330_000),
	signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};

it("signs as Standard Webhooks says", () => {
	expect(signatureHeaders({ secret: example.secret }, example, example.now)).toEqual({
		"webhook-id": example.id,
		"webhook-timestamp": "1614265330",
		"webhook-signature": example.signature,
	});
});

it("signs with the secret before, too, for a day after it was replaced", () => {
	const secrets = rotated({ secret: example.secret }, example.now);
	const signatures = (ms: number) =>
		signatureHeaders(secrets, example, new Date(example.now.getTime() + ms))["webhook-signature"]?.split(" ");
	expect(signatures(0)?.[1]).toBe(example.signature);
	expect(signatures(0)).toHaveLength(2);
	expect(signatures(24 * 3_600_000)).toHaveLength(1);
});

it("makes secrets of 24 random bytes", () => {
	expect(makeSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
	expect(makeSecret()).not.toBe(makeSecret());
});
