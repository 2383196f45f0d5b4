"""How fast is the sandbox, beside a bare Flask app and beside Prism, on this machine?"""
