import { handleCartRover } from "@/lib/api/serve/handle-cartrover";
import { type Answer, createTestKey } from "./people";

/** What a client of the CartRover API was told. */
export interface Told {
	status: number;
	headers: Headers;
	success_code: boolean;
	error_code?: string;
	message?: string;
	response: Answer;
}

/** Calls /v1 with user and key as Basic, the way its clients do. */
export async function roverClient(
	level: Parameters<typeof createTestKey>[0],
	more: Record<string, string> = {},
): Promise<{ user: string; key: string } & Record<"get" | "post", (path: string, body?: unknown) => Promise<Told>>> {
	const { authorization } = await createTestKey(level);
	const key = authorization.replace("Bearer ", "");
	const user = key.slice(0, 9);
	const headers = { authorization: `Basic ${Buffer.from(`${user}:${key}`).toString("base64")}`, ...more };
	return {
		user,
		key,
		get: (path) => call(path, { headers }),
		post: (path, body) => call(path, { method: "POST", headers, body: JSON.stringify(body) }),
	};
}

export async function call(path: string, init: RequestInit): Promise<Told> {
	const response = await handleCartRover(new Request(`http://127.0.0.1:3000/v1${path}`, init));
	const body = (await response.json()) as Omit<Told, "status" | "headers">;
	return { ...body, status: response.status, headers: response.headers };
}
