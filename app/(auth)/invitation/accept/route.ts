import { joinAccount } from "@/lib/auth/join";

export function POST(request: Request): Promise<Response> {
	return joinAccount(request);
}
