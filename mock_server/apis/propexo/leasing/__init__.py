"""What follows at a PMS when a lead goes on: the tour, the application, the lease, the move."""
