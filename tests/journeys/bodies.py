"""What several stories send."""

# The least that LeadPro takes as a new lead of somebody who wants to rent.
LEAD = {
    "type": "let",
    "first_name": "Ada",
    "last_name": "Okafor",
    "email": "ada.okafor@example.com",
    "phone": "07700900123",
}
