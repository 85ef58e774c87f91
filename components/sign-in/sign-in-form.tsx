"use client";
import { Button, FieldError, Form, Input, Label, TextField } from "@heroui/react";
import { useRouter } from "next/navigation";
import { signIn } from "next-auth/react";
import { useState } from "react";

/** Asks for a link. The answer is the same whether or not the address is known. */
export function SignInForm() {
	const router = useRouter();
	const [email, setEmail] = useState("");
	const [problem, setProblem] = useState("");
	const [sending, setSending] = useState(false);
	const send = async () => {
		if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()))
			return setProblem("Enter your whole mail address, such as ann@example.com.");
		setSending(true);
		const answer = await signIn("email", { email: email.trim(), redirect: false });
		setSending(false);
		if (answer?.error) setProblem("The mail could not be sent. Try again in a minute.");
		else router.push("/sign-in/sent");
	};
	return (
		<Form
			className="flex flex-col gap-4"
			validationBehavior="aria"
			onSubmit={(event) => {
				event.preventDefault();
				void send();
			}}
		>
			<TextField
				fullWidth
				name="email"
				type="email"
				autoComplete="email"
				value={email}
				onChange={(value) => {
					setEmail(value);
					setProblem("");
				}}
				isInvalid={problem !== ""}
				validationBehavior="aria"
				autoFocus
			>
				<Label>Mail address</Label>
				<Input className="w-full" />
				<FieldError>{problem}</FieldError>
			</TextField>
			<Button type="submit" fullWidth isPending={sending}>
				Mail me a link
			</Button>
		</Form>
	);
}
