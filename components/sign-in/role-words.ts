/** What each role may do, in a sentence. */
export const roleWords: Record<"owner" | "admin" | "operator" | "viewer", string> = {
	owner: "Owner: everything, the account itself included.",
	admin: "Admin: everything but the account itself.",
	operator: "Operator: orders, runs and connections.",
	viewer: "Viewer: looks, and changes nothing.",
};
