"""An exam for a receiver of webhooks: does it keep to what Propexo's deliveries demand of it?"""
