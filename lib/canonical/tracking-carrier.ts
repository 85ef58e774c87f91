/**
 * Which carrier a tracking number belongs to, by its form and, where the carrier uses one, by its check digit. Pure.
 * Patterns are facts of the open data set of tracking numbers; those of Intelcom, Dynamex and Amazon come from
 * scanners' software, and have no check digit. Among several that fit, the order of the list decides.
 */
interface Form {
	carrier: string;
	pattern: RegExp;
	/** True when the digits agree; absent where nothing can be checked. */
	valid?: (number: string) => boolean;
}

const forms: Form[] = [
	{ carrier: "UPS", pattern: /^1Z[A-Z0-9]{15}\d$/, valid: (number) => mod10(number.slice(2), 1, 2) },
	{ carrier: "Amazon Logistics", pattern: /^TB[ACM]\d{12}$/ },
	{ carrier: "Intelcom", pattern: /^INTL[A-Z]{3}\d{9}$/ },
	{ carrier: "Dynamex", pattern: /^DX[A-Z]{4}\d{7}$/ },
	{
		carrier: "LaserShip",
		pattern: /^(L[AIEHNX][1-3]\d{7}|1LS7[12]\d{10}|1LS7[12]\d{2}01[1-4]\d{6}1|1LSCX[0-9A-Z]{10})$/,
	},
	{ carrier: "OnTrac", pattern: /^C\d{14}$/, valid: (number) => mod10(`4${number.slice(1).replace(/^4/, "")}`, 1, 2) },
	{ carrier: "Purolator", pattern: /^[A-Z]{3}\d{9}$/ },
	{ carrier: "Canada Post", pattern: /^[A-Z]{2}\d{9}CA$/, valid: s10 },
	{ carrier: "Royal Mail", pattern: /^[A-Z]{2}\d{9}GB$/, valid: s10 },
	{ carrier: "USPS", pattern: /^[A-Z]{2}\d{9}US$/, valid: s10 },
	{
		carrier: "USPS",
		pattern: /^(420\d{5}(\d{4})?)?9[2-5](\d{20}|\d{24}|\d{28})$/,
		valid: (number) =>
			[22, 26, 30].some((length) => /^9[2-5]/.test(number.slice(-length)) && mod10(number.slice(-length), 3, 1)),
	},
	{ carrier: "FedEx", pattern: /^96\d{20}$/, valid: (number) => mod10(number.slice(7), 1, 3) },
	{ carrier: "USPS", pattern: /^\d{20}$/, valid: (number) => mod10(number, 3, 1) || mod10(`91${number}`, 3, 1) },
	// A number that Purolator and FedEx could both have given: those that begin with 33 are Purolator's in practice.
	{ carrier: "Purolator", pattern: /^33\d{10}$/, valid: luhn },
	{ carrier: "FedEx", pattern: /^\d{12}$/, valid: fedex12 },
	{ carrier: "FedEx", pattern: /^\d{15}$/, valid: (number) => mod10(number, 1, 3) },
	{ carrier: "Canada Post", pattern: /^\d{16}$/, valid: (number) => mod10(number, 3, 1) },
	{ carrier: "Purolator", pattern: /^[0-5]\d{11}$/, valid: luhn },
	{
		carrier: "DHL",
		pattern: /^\d{10,11}$/,
		valid: (number) => Number(number.slice(0, -1)) % 7 === Number(number.at(-1)),
	},
	{ carrier: "DHL", pattern: /^J[A-Z]{2,3}\d{9,10}$/ },
	{ carrier: "DHL eCommerce", pattern: /^(GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)(?=.*\d)[0-9A-Z]{10,39}$/ },
];

/** The carrier's name, or undefined when the number is nobody's that we know. Blanks and dashes do not count. */
export function carrierOfTracking(trackingNumber: string): string | undefined {
	const number = trackingNumber.toUpperCase().replace(/[\s-]/g, "");
	return forms.find(({ pattern, valid }) => pattern.test(number) && (valid?.(number) ?? true))?.carrier;
}

/** The last digit makes the weighted sum of those before it a multiple of ten. Letters count by their place. */
function mod10(number: string, even: number, odd: number): boolean {
	let sum = 0;
	for (let n = 0; n < number.length - 1; n++) {
		const code = number.charCodeAt(n);
		sum += (code > 57 ? (code - 3) % 10 : code - 48) * (n % 2 === 0 ? even : odd);
	}
	return (10 - (sum % 10)) % 10 === Number(number.at(-1));
}

function luhn(number: string): boolean {
	let sum = 0;
	for (const [n, digit] of [...number].reverse().entries()) {
		const value = Number(digit) * (n % 2 === 0 ? 1 : 2);
		sum += value > 9 ? value - 9 : value;
	}
	return sum % 10 === 0;
}

function fedex12(number: string): boolean {
	const weights = [3, 1, 7];
	let sum = 0;
	for (let n = 0; n < 11; n++) sum += Number(number[n]) * (weights[n % 3] ?? 0);
	return (sum % 11) % 10 === Number(number[11]);
}

function s10(number: string): boolean {
	const weights = [8, 6, 4, 2, 3, 5, 9, 7];
	const rest = weights.reduce((sum, weight, n) => sum + weight * Number(number[n + 2]), 0) % 11;
	return (rest === 0 ? 5 : rest === 1 ? 0 : 11 - rest) === Number(number[10]);
}
