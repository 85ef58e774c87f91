"use client";
import { AlertDialog, Button } from "@heroui/react";
import type { ComponentProps, ReactNode } from "react";

interface ConfirmButtonProps {
	/** The verb on the button, used again in the dialog. */
	label: string;
	heading: string;
	/** What will happen, and what cannot be undone. */
	children: ReactNode;
	onConfirm: () => void;
	isPending?: boolean;
	variant?: ComponentProps<typeof Button>["variant"];
	size?: "sm" | "md";
}

/** A button that asks once before it does something that cannot be undone. */
export function ConfirmButton({
	label,
	heading,
	children,
	onConfirm,
	isPending,
	variant,
	size = "md",
}: ConfirmButtonProps) {
	return (
		<AlertDialog>
			<Button size={size} variant={variant ?? "outline"} isPending={isPending ?? false}>
				{label}
			</Button>
			<AlertDialog.Backdrop>
				<AlertDialog.Container size="sm">
					<AlertDialog.Dialog>
						{({ close }) => (
							<>
								<AlertDialog.Header>
									<AlertDialog.Heading>{heading}</AlertDialog.Heading>
								</AlertDialog.Header>
								<AlertDialog.Body>{children}</AlertDialog.Body>
								<AlertDialog.Footer>
									<Button variant="outline" onPress={close}>
										Keep as it is
									</Button>
									<Button
										variant="danger"
										onPress={() => {
											close();
											onConfirm();
										}}
									>
										{label}
									</Button>
								</AlertDialog.Footer>
							</>
						)}
					</AlertDialog.Dialog>
				</AlertDialog.Container>
			</AlertDialog.Backdrop>
		</AlertDialog>
	);
}
