/**
 * What every answer of the web server carries. The server sets it, not Next: a nonce must be new for each page, and
 * what is set here also covers files, errors and the API.
 */
import { randomBytes } from "node:crypto";
import { addressOf, networkOf } from "./network.mjs";

/**
 * Scripts run only with the page's own nonce, or loaded by one that has it. Style attributes are let through: menus and
 * charts place themselves by them, and they cannot run anything.
 * @param {string} nonce
 * @param {string} appUrl the address people open
 */
export function contentPolicy(nonce, appUrl) {
	const isSecure = appUrl.startsWith("https:");
	return [
		"default-src 'none'",
		`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
		`style-src 'self' 'nonce-${nonce}'`,
		"style-src-attr 'unsafe-inline'",
		"img-src 'self' data:",
		"font-src 'self'",
		"connect-src 'self'",
		"manifest-src 'self'",
		"object-src 'none'",
		"base-uri 'none'",
		// The press on a sign-in link is answered with a redirect to the address people open.
		`form-action 'self' ${new URL(appUrl).origin}`,
		"frame-ancestors 'none'",
		...(isSecure ? ["upgrade-insecure-requests"] : []),
	].join("; ");
}

/** @param {string} appUrl */
export function fixedHeaders(appUrl) {
	return {
		"x-content-type-options": "nosniff",
		"x-frame-options": "DENY",
		"referrer-policy": "strict-origin-when-cross-origin",
		"permissions-policy":
			"accelerometer=(), browsing-topics=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
		"cross-origin-opener-policy": "same-origin",
		"cross-origin-resource-policy": "same-origin",
		...(appUrl.startsWith("https:") && { "strict-transport-security": "max-age=63072000; includeSubDomains" }),
	};
}

/**
 * Puts the headers on an answer before Next sees the request, and tells Next the nonce (it reads it from the policy
 * among the request's headers) and us the network the request came from.
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 * @param {string} appUrl
 */
export function protect(request, response, appUrl) {
	const policy = contentPolicy(randomBytes(16).toString("base64"), appUrl);
	request.headers["content-security-policy"] = policy;
	delete request.headers["content-security-policy-report-only"];
	const from = [request.socket.remoteAddress, request.headers["x-forwarded-for"]];
	request.headers["x-crossdock-network"] = networkOf(...from);
	request.headers["x-forwarded-for"] = addressOf(...from);
	response.setHeader("content-security-policy", policy);
	for (const [name, value] of Object.entries(fixedHeaders(appUrl))) response.setHeader(name, value);
}
