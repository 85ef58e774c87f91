/** A number in the form its carrier uses. */
export function trackingNumber(carrier: string, random: () => number): string {
	const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join("");
	switch (carrier.toLowerCase()) {
		case "usps":
			return `9400${digits(18)}`;
		case "fedex":
			return digits(12);
		case "dhl":
			return digits(10);
		default:
			return `1Z${digits(16)}`;
	}
}
