/** What each role may do, in a sentence. */
export const roleWords: Record<"owner" | "admin" | "operator" | "viewer", string> = {
	owner: "Owner: everything, owners included.",
	admin: "Admin: everything but naming and removing owners.",
	operator: "Operator: orders, runs and connections.",
	viewer: "Viewer: looks, and changes nothing.",
};
