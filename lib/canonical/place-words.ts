/** A person's place in an account, in words. */
export const roleNames: Record<"owner" | "admin" | "operator" | "viewer", string> = {
	owner: "Owner",
	admin: "Admin",
	operator: "Operator",
	viewer: "Viewer",
};

interface Place {
	/** The one merchant whose things they see; null for all. */
	merchant: { name: string } | null;
	/** The merchants that were chosen for them; null for all. */
	chosenMerchants: { name: string }[] | null;
}

/** The merchants of a place in words. */
export function seenWords({ merchant, chosenMerchants }: Place): string {
	if (merchant) return `${merchant.name} only`;
	if (!chosenMerchants) return "All merchants";
	const [first, second, ...more] = chosenMerchants.map(({ name }) => name);
	if (!first) return "No merchant";
	return [first, second, more.length > 0 && `${more.length} more`].filter(Boolean).join(", ");
}

/** How a person signs in. */
export function signInWords(hasSecondFactor: boolean): string {
	return hasSecondFactor ? "With second factor" : "By mail only";
}
